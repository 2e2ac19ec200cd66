using System.Runtime.InteropServices;

namespace Hotline.Tests.Fuzz;

/// <summary>What this thread alone has used of a processor: other tests on the same cores do not count.</summary>
internal static class ThreadCpu
{
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID on Linux

    public static TimeSpan Now
    {
        get
        {
            Assert(ClockGetTime(ThreadClock, out var time) == 0);
            return TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100));
        }
    }

    public static TimeSpan Of(Action work)
    {
        var before = Now;
        work();
        return Now - before;
    }

    private static void Assert(bool well)
    {
        if (!well)
        {
            throw new InvalidOperationException("the system does not say what a thread used");
        }
    }

#pragma warning disable SYSLIB1054, CA5392 // one call of libc, in tests only: no generated marshalling, no search path
    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ClockGetTime(int clock, out Timespec time);
#pragma warning restore SYSLIB1054, CA5392

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
