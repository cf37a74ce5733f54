using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform;

namespace Platform.Tests;

/// <summary>The smallest service there can be, to try the plumbing on: somebody notes a word, and another consumer counts what it hears.</summary>
public sealed class Program
{
    public static async Task<int> Main(string[] args)
    {
        var builder = Service.CreateBuilder(args, "Notes");
        builder.AddDatabase<NotesDb>();
        builder.AddMessaging(bus => bus.AddConsumer<CountNote>());

        var app = builder.Build();
        app.UsePlatform();
        app.MapPost("/api/v1/notes", WriteNote.Handle).Idempotent();
        app.MapGet("/api/v1/notes", (string? q, string[]? tag) => TypedResults.Ok(new { q, tag }));
        app.MapGet("/api/v1/mine", (CurrentUser user) => TypedResults.Ok(user.Email)).RequireRole("practitioner");
        app.MapInternal().MapGet("/notes", () => TypedResults.Ok());
        return await app.RunServiceAsync(args);
    }
}

public static class WriteNote
{
    public sealed record Request(string Word, DateTimeOffset At, Kind Kind = Kind.Plain, Guid? Poison = null);

    public enum Kind
    {
        Plain,
        Conflict,
        Down,
        Broken,
        HungUp,
        Slow,
        SlowAndDown,
    }

    /// <summary>The first try of a slow note ends when this does.</summary>
    public static TaskCompletionSource First { get; set; } = new();

    public static async Task<IResult> Handle(Request request, HttpContext http, NotesDb db, TimeProvider clock)
    {
        var id = IdempotentRequest.Current(http).ResourceId;
        switch (request.Kind)
        {
            case Kind.Conflict:
                return Problem.Conflict("slot-taken", "Taken");
            case Kind.Down:
                throw new UnavailableException("Somebody");
            case Kind.Broken:
                throw new InvalidOperationException("A secret that must not leave");
            case Kind.HungUp when IdempotentRequest.Current(http).IsFirst:
                http.Abort();
                goto default;
            case Kind.Slow or Kind.SlowAndDown when IdempotentRequest.Current(http).IsFirst:
                await First.Task;
                if (request.Kind is Kind.SlowAndDown)
                    throw new UnavailableException("Somebody");
                goto default;
            default:
                db.Notes.Add(new Note { Id = Guid.CreateVersion7(), Word = request.Word });
                db.Publish(new NoteWritten(id, request.Word), clock.GetUtcNow());
                await db.SaveChangesAsync();
                return Results.Created($"/api/v1/notes/{id}", new { id });
        }
    }
}

public sealed record NoteWritten(Guid NoteId, string Word);

public sealed class CountNote(NotesDb db) : IConsumer<NoteWritten>
{
    public async Task Consume(ConsumeContext<NoteWritten> context)
    {
        await db.Database.ExecuteSqlAsync($"INSERT INTO heard (note_id) VALUES ({context.Message.NoteId})");
        if (context.Message.Word == "poison")
            throw new InvalidOperationException("This message cannot be consumed.");
    }
}

public sealed class Note
{
    public required Guid Id { get; init; }
    public required string Word { get; init; }
}

public sealed class NotesDb(DbContextOptions<NotesDb> options) : DbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UsePlatform();
}

[DbContext(typeof(NotesDb)), Migration("202611220000_Notes")]
public sealed class CreateNotes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(PlatformTables.Sql + """
        CREATE TABLE notes (id uuid PRIMARY KEY, word text NOT NULL);
        CREATE TABLE heard (note_id uuid NOT NULL);
        """);
}
