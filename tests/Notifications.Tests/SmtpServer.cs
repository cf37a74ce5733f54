using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Notifications.Tests;

/// <summary>A small mail relay that takes what it is given, refuses what it is told to, and can go away and come back on its port.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<byte[]> received = new();
    private TcpListener? listener;
    private Task serving = Task.CompletedTask;

    public int Port { get; private set; }

    public IReadOnlyCollection<byte[]> Received => received;

    /// <summary>What RCPT is answered with, such as <c>550 no such mailbox</c>; null takes anybody.</summary>
    public string? AnswersRecipients { get; set; }

    /// <summary>While true it takes a mail and hangs up before saying so.</summary>
    public bool HangsUpAfterData { get; set; }

    public ConcurrentQueue<string> Commands { get; } = new();

    public void Start()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        serving = Serve(listener);
    }

    public async Task Stop()
    {
        listener?.Stop();
        listener = null;
        await serving;
    }

    public async ValueTask DisposeAsync() => await Stop();

    private async Task Serve(TcpListener at)
    {
        while (true)
        {
            try
            {
                var client = await at.AcceptTcpClientAsync();
                _ = Talk(client);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Talk(TcpClient client)
    {
        using var connection = client;
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await Say("220 relay.test ready");
        while (await reader.ReadLineAsync() is { } command)
        {
            Commands.Enqueue(command);
            switch (command.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await Say("250-relay.test\r\n250 AUTH PLAIN");
                    break;
                case "AUTH":
                    await Say("235 fine");
                    break;
                case "RCPT":
                    await Say(AnswersRecipients ?? "250 fine");
                    break;
                case "DATA":
                    await Say("354 go on");
                    received.Enqueue(await Body(reader));
                    if (HangsUpAfterData)
                        return;
                    await Say("250 taken");
                    break;
                case "QUIT":
                    await Say("221 bye");
                    return;
                default:
                    await Say("250 fine");
                    break;
            }
        }

        async Task Say(string reply) => await stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"));
    }

    private static async Task<byte[]> Body(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return Encoding.Latin1.GetBytes(mail.ToString());
    }
}
