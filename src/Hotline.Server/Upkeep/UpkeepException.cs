namespace Hotline.Server.Upkeep;

/// <summary>A command cannot do what it was asked; the message says why and what to do, for whoever typed it.</summary>
internal sealed class UpkeepException : Exception
{
    public UpkeepException()
    {
    }

    public UpkeepException(string message)
        : base(message)
    {
    }

    public UpkeepException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
