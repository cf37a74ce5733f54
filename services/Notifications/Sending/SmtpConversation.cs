using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Notifications.Sending;

/// <summary>One connection to a mail relay: commands out, numbered replies in.</summary>
internal sealed class SmtpConversation : IAsyncDisposable
{
    private const int LongestReply = 64 * 1024;

    private readonly TcpClient connection;
    private readonly string host;
    private Stream stream;
    private StreamReader replies;

    private SmtpConversation(TcpClient connection, string host)
    {
        this.connection = connection;
        this.host = host;
        stream = connection.GetStream();
        replies = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
    }

    public bool IsEncrypted => stream is SslStream;

    public static async Task<SmtpConversation> Open(string host, int port, bool encrypted, CancellationToken ct)
    {
        var connection = new TcpClient { NoDelay = true };
        try
        {
            await connection.ConnectAsync(host, port, ct);
            var smtp = new SmtpConversation(connection, host);
            if (encrypted)
                await smtp.Encrypt(ct);
            return smtp;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Goes on under TLS; the relay's certificate must be good for its name.</summary>
    public async Task Encrypt(CancellationToken ct)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, ct);
        stream = tls;
        // What the relay said before TLS must not be read as said under it.
        replies.Dispose();
        replies = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
    }

    /// <summary>Says <paramref name="command"/>, or just listens when it is null, and gives the reply's lines without their code.</summary>
    /// <param name="orCode">Another code that is as good.</param>
    /// <exception cref="SmtpRefusal">The reply has another code.</exception>
    public async Task<IReadOnlyList<string>> Expect(int code, string? command, CancellationToken ct, int? orCode = null)
    {
        if (command is not null)
        {
            if (command.AsSpan().IndexOfAny('\r', '\n') >= 0)
                throw new ArgumentException("A command is one line.", nameof(command));
            await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), ct);
        }

        var lines = new List<string>();
        var length = 0;
        while (true)
        {
            var line = await replies.ReadLineAsync(ct) ?? throw new IOException("The relay hung up.");
            if (line.Length < 3 || (length += line.Length) > LongestReply || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var said))
                throw new IOException("The relay does not speak SMTP.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length > 3 && line[3] == '-')
                continue;
            return said == code || said == orCode ? lines : throw new SmtpRefusal(said, command?.Split(' ', ':')[0] ?? "");
        }
    }

    /// <summary>The mail itself, with the dots that would end it doubled (RFC 5321 §4.5.2).</summary>
    public async Task Data(byte[] mime, CancellationToken ct)
    {
        var text = Encoding.Latin1.GetString(mime).Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        if (text.StartsWith('.'))
            text = "." + text;
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text + (text.EndsWith("\r\n", StringComparison.Ordinal) ? "" : "\r\n")), ct);
        await Expect(250, ".", ct);
    }

    public async ValueTask DisposeAsync()
    {
        replies.Dispose();
        await stream.DisposeAsync();
        connection.Dispose();
    }
}

/// <summary>The relay says no.</summary>
internal sealed class SmtpRefusal(int code, string command) : Exception($"The relay answers {code}.")
{
    public int Code => code;

    /// <summary>5xx: trying the same again would fail again.</summary>
    public bool IsFinal => code is >= 500 and < 600;

    /// <summary>A refusal before that, of us or of our password, is for the operator to mend and must not cost any mail.</summary>
    public bool IsAboutThisMail => command is "RCPT" or "DATA" or ".";
}
