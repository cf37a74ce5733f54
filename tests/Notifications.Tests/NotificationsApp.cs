using System.Collections.Concurrent;
using Contracts;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Mime;
using TestKit;
using Xunit;

namespace Notifications.Tests;

/// <summary>Notifications as it runs, on a real broker, beside small servers that answer as its peers do.</summary>
public sealed class NotificationsApp : IAsyncLifetime
{
    public static readonly DateTimeOffset Start = new(2026, 12, 1, 16, 0, 0, TimeSpan.Zero);

    private FakePeer peers = null!;

    public Dictionary<string, string?> Settings { get; } = new()
    {
        ["MAIL_DIR"] = Path.Combine(Path.GetTempPath(), $"mail-{Guid.CreateVersion7():N}"),
        ["MAIL_POLL_SECONDS"] = "0.05",
        ["PUBLIC_URL"] = "https://stillpoint.example",
    };

    public ServiceFactory<Program, NotificationsDb> Service { get; private set; } = null!;

    public string MailDir => Settings["MAIL_DIR"]!;

    /// <summary>What Bookings says, by booking or entry of the waiting list.</summary>
    public ConcurrentDictionary<Guid, object> Letters { get; } = new();

    /// <summary>What Listings says, by practitioner.</summary>
    public ConcurrentDictionary<Guid, object> Contacts { get; } = new();

    /// <summary>While true every peer answers 503.</summary>
    public bool PeersAreAway { get; set; }

    public int CodesMade { get; private set; }

    public async Task InitializeAsync()
    {
        peers = await FakePeer.Start(app =>
        {
            app.MapGet("/internal/bookings/{id:guid}/letter", (Guid id) => Answer(Letters.GetValueOrDefault(id)));
            app.MapGet("/internal/waitlist/{id:guid}/letter", (Guid id) => Answer(Letters.GetValueOrDefault(id)));
            app.MapGet("/internal/practitioners/{id:guid}/contact", (Guid id) => Answer(Contacts.GetValueOrDefault(id)));
            app.MapPost("/internal/accounts/{id:guid}/codes", (Guid id) => Answer(new
            {
                email = $"{id:N}@example.org",
                name = "Some One",
                url = $"https://stillpoint.example/account/confirm?code=secret-{++CodesMade}",
            }));
        });
        foreach (var peer in (string[])["BOOKINGS_URL", "LISTINGS_URL", "ACCOUNTS_URL"])
            Settings[peer] = peers.Url.ToString();
        Service = await ServiceFactory<Program, NotificationsDb>.Start(Settings, withBroker: true);
        // Starts the consumers and the sender; a fact published before there is a queue for it would be nobody's.
        await Service.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(60));
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await peers.DisposeAsync();
        if (Directory.Exists(MailDir))
            Directory.Delete(MailDir, recursive: true);
    }

    /// <summary>A booking that its peers know of, with whatever a test wants to be different.</summary>
    public BookedVisit Book(Func<BookedVisit, BookedVisit>? change = null)
    {
        var visit = new BookedVisit();
        visit = change?.Invoke(visit) ?? visit;
        Letters[visit.Id] = visit.Letter();
        Contacts[visit.PractitionerId] = visit.Contact();
        return visit;
    }

    /// <param name="messageId">The same again for a repeat of the same delivery.</param>
    public Task Publish(object fact, Guid? messageId = null) => Service.Services.GetRequiredService<IBus>().Publish(fact, fact.GetType(), context =>
    {
        if (messageId is not null)
            context.MessageId = messageId;
    });

    public BookingConfirmed Confirmed(BookedVisit visit) => new(visit.Id, visit.PractitionerId, 0, visit.Start, visit.End, Service.Clock.GetUtcNow());

    public async Task<ReadMail> Mail(Guid about, string kind, string recipient, string version = "0") =>
        MailReader.Read(await File.ReadAllBytesAsync(await MailFile(about, kind, recipient, version)));

    /// <summary>The file of this mail, once it is there.</summary>
    public async Task<string> MailFile(Guid about, string kind, string recipient, string version = "0")
    {
        var file = Path.Combine(MailDir, $"{about}.{kind}.{recipient}.{version}.eml");
        await Eventually.True(() => Task.FromResult(File.Exists(file)), TimeSpan.FromSeconds(30), $"{kind} for the {recipient}");
        return file;
    }

    public Task<string?> State(Guid about, string kind, string recipient, string version = "0") =>
        Service.Db.Scalar<string>("SELECT state FROM messages WHERE key = $1", $"{about}.{kind}.{recipient}.{version}");

    public Task Becomes(string state, Guid about, string kind, string recipient, string version = "0") =>
        Eventually.True(async () => await State(about, kind, recipient, version) == state, TimeSpan.FromSeconds(30), $"{kind} for the {recipient} {state}");

    private IResult Answer(object? body) =>
        PeersAreAway ? Results.StatusCode(503) : body is null ? Results.NotFound() : Results.Json(body, Platform.Json.Strict);
}

/// <summary>Starting it takes longer than most tests, so those that change nothing about it share one.</summary>
[CollectionDefinition(nameof(NotificationsApp))]
public sealed class SharedApp : ICollectionFixture<NotificationsApp>;
