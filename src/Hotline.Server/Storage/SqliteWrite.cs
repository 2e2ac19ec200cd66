using Hotline.Server.Turns;

namespace Hotline.Server.Storage;

/// <summary>A write that waits for <see cref="SqliteWriter"/>.</summary>
internal abstract class SqliteWrite
{
    public bool Checkpoint { get; init; }

    /// <summary>Runs inside the writer's transaction; again, when the first one was rolled back.</summary>
    public abstract void Do(SqliteSession session);

    /// <param name="fault"><c>null</c>: it is on the disk.</param>
    public abstract void Finish(StoreUnavailableException? fault);
}

internal sealed class SqliteWrite<T>(Func<SqliteSession, T> write) : SqliteWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _value;

    public Task<T> Result => _done.Task;

    public override void Do(SqliteSession session) => _value = write(session);

    public override void Finish(StoreUnavailableException? fault)
    {
        if (fault is null)
        {
            _done.SetResult(_value!); // set by Do, which ran before
        }
        else
        {
            _done.SetException(fault);
        }
    }
}
