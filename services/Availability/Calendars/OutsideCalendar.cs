using Contracts;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace Availability;

/// <summary>The state of an outside calendar.</summary>
public enum CalendarState
{
    /// <summary>It has not been asked yet.</summary>
    Waiting,

    /// <summary>It answered when it was last asked.</summary>
    Current,

    /// <summary>It does not answer; what it last said holds.</summary>
    Failing,

    /// <summary>It has not answered for a day. Its practitioner has no openings until it does.</summary>
    Withdrawn,

    /// <summary>It does not answer, and its owner goes on without it until it does.</summary>
    Ignored,
}

/// <summary>
/// A calendar elsewhere in which a practitioner is busy too. Of what it says only the busy time is kept, no titles and no text; its address is a
/// secret and kept sealed.
/// </summary>
public sealed class OutsideCalendar
{
    public const string Purpose = "outside calendar";

    /// <summary>For how long the last good answer stands in for those that do not come.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    /// <summary>A failure that ends by itself within this time is not worth a mail.</summary>
    private static readonly TimeSpan Hiccup = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestPauseAskedFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenTriesByHand = TimeSpan.FromSeconds(30);

    private OutsideCalendar() { }

    public required Guid Id { get; init; }
    public required Guid PractitionerId { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The only part of its address that is shown.</summary>
    public required string Host { get; init; }

    /// <summary>Sealed.</summary>
    public required byte[] Address { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public CalendarState State { get; private set; }

    /// <summary>When it is to be asked next.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>While somebody is asking it: when another may, should that one have died.</summary>
    public DateTimeOffset? LeasedUntil { get; private set; }

    /// <summary>It answered properly and quickly when it was last asked. Such calendars have workers of their own, so that slow ones delay only each other.</summary>
    public bool Quick { get; private set; }

    public DateTimeOffset? LastTriedAt { get; private set; }
    public DateTimeOffset? LastSuccessAt { get; private set; }

    /// <summary>Tries in a row that failed.</summary>
    public int Failures { get; private set; }

    public DateTimeOffset? FailingSince { get; private set; }
    public CalendarProblem? Problem { get; private set; }

    /// <summary>Whether its owner has been told that it fails.</summary>
    public bool Told { get; private set; }

    /// <summary>The server's marks of what was last read, for asking whether it has changed.</summary>
    public string? Tag { get; private set; }

    public string? LastModified { get; private set; }

    /// <summary>SHA-256 of the text that was last read.</summary>
    public byte[]? Digest { get; private set; }

    /// <summary>The <see cref="CalendarContext.Key"/> it was read under.</summary>
    public string? ReadAs { get; private set; }

    /// <summary>Busy time from the day it was read on as far as anybody can book, ascending and disjoint.</summary>
    public NpgsqlRange<DateTime>[] Busy { get; private set; } = [];

    /// <summary>What it takes from the openings: all, or its busy time, or nothing.</summary>
    public (bool All, NpgsqlRange<DateTime>[] Busy) Takes => State switch
    {
        CalendarState.Current or CalendarState.Failing => (false, Busy),
        CalendarState.Withdrawn => (true, []),
        _ => (false, []),
    };

    public static OutsideCalendar Add(Guid practitionerId, string name, string host, byte[] sealedAddress, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PractitionerId = practitionerId,
        Name = name,
        Host = host,
        Address = sealedAddress,
        CreatedAt = now,
        DueAt = now,
    };

    /// <summary>The calendar, locked until the transaction ends; null when there is none.</summary>
    public static Task<OutsideCalendar?> Lock(AvailabilityDb db, Guid id, CancellationToken ct) =>
        db.OutsideCalendars.FromSql($"SELECT * FROM outside_calendars WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);

    /// <summary>What was read differs from what was known; it holds from now on.</summary>
    public void Read(NpgsqlRange<DateTime>[] busy, byte[] digest, string readAs) => (Busy, Digest, ReadAs) = (busy, digest, readAs);

    /// <summary>It answered, which ends whatever was wrong. To be published: that it is back, if its owner has been told that it was away.</summary>
    public CalendarRecovered? Answered(DateTimeOffset now, bool quick, TimeSpan pause, string? tag, string? lastModified)
    {
        var back = Told ? new CalendarRecovered(PractitionerId, Id, FailingSince!.Value, now) : null;
        (State, Failures, FailingSince, Problem, Told) = (CalendarState.Current, 0, null, null, false);
        (LastTriedAt, LastSuccessAt, Quick, LeasedUntil, DueAt) = (now, now, quick, null, now + pause);
        (Tag, LastModified) = (tag, lastModified);
        return back;
    }

    /// <summary>
    /// It did not answer, or not in a way that can be read. To be published: the failure, once it is too long for a hiccup, and once more when the
    /// openings are withdrawn.
    /// </summary>
    /// <param name="retryAfter">How long its server asks to be left alone.</param>
    /// <param name="jitter">About 1; keeps calendars that failed together from being asked together.</param>
    public CalendarFailed? Failed(CalendarProblem problem, DateTimeOffset now, TimeSpan? retryAfter = null, double jitter = 1)
    {
        FailingSince ??= now;
        Failures++;
        (Problem, LastTriedAt, Quick, LeasedUntil) = (problem, now, false, null);
        DueAt = now + Pause(retryAfter, jitter);
        if (State == CalendarState.Ignored)
            return null;

        var graceEndsAt = FailingSince.Value + Grace;
        if (now < graceEndsAt)
        {
            State = CalendarState.Failing;
            if (DueAt > graceEndsAt)
                DueAt = graceEndsAt;
            // Reported as soon as the next try comes too late for this to have been a hiccup.
            if (Told || DueAt <= FailingSince.Value + Hiccup)
                return null;
        }
        else if (State == CalendarState.Withdrawn)
        {
            return null;
        }
        else
        {
            State = CalendarState.Withdrawn;
        }

        Told = true;
        return new CalendarFailed(PractitionerId, Id, FailingSince.Value, State == CalendarState.Withdrawn, now, NeverRead: LastSuccessAt is null);
    }

    /// <summary>Its owner goes on without it until it answers again. False when nothing is wrong with it.</summary>
    public bool Ignore()
    {
        if (FailingSince is null)
            return false;
        State = CalendarState.Ignored;
        return true;
    }

    /// <summary>Its owner wants it asked at once; not more often than is decent.</summary>
    public void AskNow(DateTimeOffset now)
    {
        if (DueAt > now && !(now - LastTriedAt < BetweenTriesByHand))
            DueAt = now;
    }

    private TimeSpan Pause(TimeSpan? retryAfter, double jitter)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(Failures - 1, 10));
        pause = (pause < LongestPause ? pause : LongestPause) * jitter;
        if (retryAfter > pause)
            pause = retryAfter.Value;
        return pause < LongestPauseAskedFor ? pause : LongestPauseAskedFor;
    }
}
