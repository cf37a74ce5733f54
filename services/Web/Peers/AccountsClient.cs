namespace Web.Peers;

/// <summary>People and how they sign in.</summary>
public sealed class AccountsClient(HttpClient http)
{
    /// <summary>For what is asked beside a page, which has to be made within the door's patience all the same.</summary>
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(1);

    public Task Register(string email, string password, string name, string role, CancellationToken ct) =>
        Post("/api/v1/auth/register", new { email, password, name, role }, ct);

    /// <exception cref="RefusedException">400: the code is over, or the password is not the one that was registered.</exception>
    public Task Confirm(string code, string password, CancellationToken ct) => Post("/api/v1/auth/confirm", new { code, password }, ct);

    /// <exception cref="RefusedException">401 when name and password do not fit.</exception>
    public Task<Tokens> SignIn(string email, string password, string? twoFactorCode, CancellationToken ct) =>
        http.Send<Tokens>(HttpMethod.Post, "/api/v1/auth/login", new { email, password, twoFactorCode }, ct);

    public Task<Tokens> Refresh(string refreshToken, CancellationToken ct) =>
        Answers.Within(Brief, patience => http.Send<Tokens>(HttpMethod.Post, "/api/v1/auth/refresh", new { refreshToken }, patience), ct);

    public async Task SignOut(string refreshToken, CancellationToken ct) =>
        (await Answers.Within(Brief, patience => http.Send(HttpMethod.Post, "/api/v1/auth/logout", new { refreshToken }, patience), ct)).Dispose();

    public Task Forgot(string email, CancellationToken ct) => Post("/api/v1/auth/forgot", new { email }, ct);

    public Task Reset(string code, string password, CancellationToken ct) => Post("/api/v1/auth/reset", new { code, password }, ct);

    /// <summary>All that Accounts keeps about whoever holds this token, as it answers it.</summary>
    public async Task<byte[]> Export(string accessToken, CancellationToken ct)
    {
        using var answer = await http.Send(HttpMethod.Get, "/api/v1/me/export", null, ct, Bearer(accessToken));
        return await answer.Content.ReadAsByteArrayAsync(ct);
    }

    /// <summary>The account of whoever holds this token goes, and with it the visits ahead.</summary>
    public async Task Erase(string accessToken, CancellationToken ct) =>
        (await http.Send(HttpMethod.Delete, "/api/v1/me", null, ct, Bearer(accessToken))).Dispose();

    private static (string, string?) Bearer(string accessToken) => ("Authorization", $"Bearer {accessToken}");

    private async Task Post(string path, object body, CancellationToken ct) => (await http.Send(HttpMethod.Post, path, body, ct)).Dispose();
}

public sealed record Tokens(string AccessToken, int ExpiresIn, string RefreshToken);
