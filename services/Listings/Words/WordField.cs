namespace Listings.Words;

/// <summary>Where a word stands. What comes first counts more.</summary>
internal enum WordField : short
{
    Name,
    Specialty,
    Headline,
    Biography,

    /// <summary>The first letters of a part of the name, up to <see cref="Postings.ShortBeginning"/>; longer ones are read off the names.</summary>
    Beginning,
}
