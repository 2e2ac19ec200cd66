namespace Hotline.Server.Privacy;

/// <summary>A data key cannot be read or made durable now.</summary>
internal sealed class KeyUnavailableException : Exception
{
    public KeyUnavailableException()
        : base("a data key is not available")
    {
    }

    public KeyUnavailableException(string message)
        : base(message)
    {
    }

    public KeyUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public KeyUnavailableException(Exception inner)
        : base("a data key is not available", inner)
    {
    }
}
