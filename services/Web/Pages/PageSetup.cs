namespace Web.Pages;

/// <summary>The pages, who may open them, and what forms answer to what they cannot read.</summary>
internal static class PageSetup
{
    public static void AddPages(this WebApplicationBuilder builder, CookieSecurePolicy cookies)
    {
        builder.Services.AddAntiforgery(o => o.Cookie = new() { Name = "form", HttpOnly = true, SameSite = SameSiteMode.Lax, SecurePolicy = cookies });
        builder.Services.AddRazorPages(pages =>
        {
            pages.Conventions.AuthorizeFolder("/Desk", "practitioner");
            pages.Conventions.AuthorizeFolder("/Moderation", "moderator");
            pages.Conventions.AuthorizeFolder("/Operations", "operator");
            pages.Conventions.AuthorizePage("/Accounts/Visits");
            pages.Conventions.AuthorizePage("/Accounts/Own");
        }).AddMvcOptions(mvc =>
        {
            // Each page says for itself what is missing; what cannot be read is said in our words.
            mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            mvc.ModelBindingMessageProvider.SetAttemptedValueIsInvalidAccessor((_, _) => "This cannot be read.");
            mvc.ModelBindingMessageProvider.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => "This cannot be read.");
            mvc.ModelBindingMessageProvider.SetValueMustNotBeNullAccessor(_ => "This is missing.");
            mvc.ModelBindingMessageProvider.SetValueMustBeANumberAccessor(_ => "A number, please.");
            mvc.ModelBindingMessageProvider.SetNonPropertyValueMustBeANumberAccessor(() => "A number, please.");
        });
    }
}
