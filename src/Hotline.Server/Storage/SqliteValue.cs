namespace Hotline.Server.Storage;

/// <summary>A value on its way into a statement, without boxing.</summary>
internal readonly struct SqliteValue
{
    private SqliteValue(object? content, long number)
    {
        Content = content;
        Number = number;
    }

    /// <summary>A string, a byte array, <see cref="Integer"/>, or <c>null</c>.</summary>
    public object? Content { get; }

    public long Number { get; }

    /// <summary>Says that the value is <see cref="Number"/>.</summary>
    public static object Integer { get; } = new();

    public static implicit operator SqliteValue(long number) => new(Integer, number);

    public static implicit operator SqliteValue(long? number) => number is { } n ? new(Integer, n) : default;

    public static implicit operator SqliteValue(string? text) => new(text, 0);

    public static implicit operator SqliteValue(byte[]? body) => new(body, 0);
}
