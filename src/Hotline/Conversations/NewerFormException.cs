namespace Hotline.Conversations;

/// <summary>A conversation record was written by a newer program than this one. It must be left as it is.</summary>
public sealed class NewerFormException : Exception
{
    public NewerFormException()
        : base("the conversation record has a newer form than this program knows")
    {
    }

    public NewerFormException(string message)
        : base(message)
    {
    }

    public NewerFormException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
