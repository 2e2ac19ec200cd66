namespace Hotline.Server.Storage;

/// <summary>The file was written by a newer server: nothing may be read from it or written to it.</summary>
internal sealed class NewerSchemaException : Exception
{
    public NewerSchemaException()
    {
    }

    public NewerSchemaException(string message)
        : base(message)
    {
    }

    public NewerSchemaException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
