namespace Notifications.Letters;

/// <summary>What a mail says, before it is text or HTML: both are made of the same parts and cannot differ.</summary>
public sealed record Letter(string Subject, IReadOnlyList<LetterPart> Parts);

public abstract record LetterPart;

/// <summary>A paragraph.</summary>
public sealed record Words(string Text) : LetterPart;

/// <summary>Names and what they stand for, such as When and Where.</summary>
public sealed record Facts(IReadOnlyList<Fact> List) : LetterPart;

public sealed record Fact(string Name, string Text);

/// <summary>The one thing to do next; on its own line.</summary>
public sealed record Step(string Label, Uri Address) : LetterPart;
