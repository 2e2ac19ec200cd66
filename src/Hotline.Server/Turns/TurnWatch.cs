using Hotline.Server.Hosting;

namespace Hotline.Server.Turns;

/// <summary>What the room looks at and writes to while it works: the clock, the counters, the log.</summary>
internal sealed record TurnWatch(TimeProvider Time, Metrics Metrics, ILogger<TurnHandler> Log);
