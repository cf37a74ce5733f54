namespace Listings;

/// <summary>Where a listing stands between its owner and the moderators.</summary>
public enum ListingStatus
{
    Draft,
    Submitted,
    Published,
    Returned,
    Suspended,
    Unpublished,
}
