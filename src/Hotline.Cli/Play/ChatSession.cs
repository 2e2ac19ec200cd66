using System.Globalization;
using System.Text;
using Hotline.Content;
using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Triage;

namespace Hotline.Cli.Play;

/// <summary>One played conversation. Lines that begin with / are not sent: they play the rest of the world.</summary>
internal sealed class ChatSession(Terminal terminal, ContentSnapshot snapshot, bool showEvents)
{
    private const string Commands =
        "/timeout  the wait runs out    /join  a human takes over    /say TEXT  the human writes    /close  the human closes    /quit";

    private static readonly StaffId Staff = new("staff-1");

    private Conversation _conversation =
        Conversation.Begin(new("00000000000000000000000000000001"), "terminal", new(new string('0', 64)), new("terminal:me"));

    private int _inputs;

    public void Run(LanguageTag? language)
    {
        terminal.Out.WriteLine(Commands);
        _conversation = _conversation with { Language = language };
        Turn(new TurnInput.ConversationOpened(language));
        using var reader = new StreamReader(terminal.In, Encoding.UTF8, leaveOpen: true);
        while (Prompt(reader) is { } line && line != "/quit")
        {
            if (!line.StartsWith('/'))
            {
                Turn(new TurnInput.MessageReceived(string.Create(CultureInfo.InvariantCulture, $"m{++_inputs}"), line));
            }
            else if (Command(line) is { } input)
            {
                Turn(input);
            }
        }
    }

    private string? Prompt(StreamReader reader)
    {
        terminal.Out.Write("> ");
        terminal.Out.Flush();
        return reader.ReadLine();
    }

    private TurnInput? Command(string line)
    {
        switch (line.Split(' ', 2))
        {
            case ["/timeout"] when _conversation.Flow is { } flow:
                return new TurnInput.WaitTimedOut(flow.WaitToken);
            case ["/timeout"]:
                terminal.Out.WriteLine("  nothing waits");
                return null;
            case ["/join" or "/say" or "/close", ..] when _conversation.Ticket is null:
                terminal.Out.WriteLine("  no ticket is open");
                return null;
            case ["/join"]:
                return new TurnInput.StaffJoined(_conversation.Ticket!.Value, Staff);
            case ["/say", var text]:
                return new TurnInput.StaffMessage(new Guid(++_inputs, 0, 0, new byte[8]), _conversation.Ticket!.Value, Staff, text);
            case ["/close"]:
                return new TurnInput.TicketClosed(_conversation.Ticket!.Value, TriageLevel.R3);
            default:
                terminal.Out.WriteLine(Commands);
                return null;
        }
    }

    private void Turn(TurnInput input)
    {
        var result = TurnEngine.Run(snapshot, _conversation, input, terminal.Clock.GetUtcNow());
        _conversation = result.Conversation;
        foreach (var recorded in result.Events)
        {
            if (recorded.Event is TurnEvent.MessageOut message)
            {
                Write(message);
            }
            else if (showEvents)
            {
                terminal.Out.WriteLine($"  · {Plain(recorded.Event)}");
            }
        }
    }

    private static string Plain(TurnEvent fact) => fact is TurnEvent.MessageIn { Triage: var triage }
        ? $"message_in {triage.Level} [{string.Join(' ', triage.Indicators)}] {string.Join(' ', triage.Hits.Select(h => $"{h.Rule}@{h.Start}+{h.Length}"))}"
        : fact.ToString();

    private void Write(TurnEvent.MessageOut message)
    {
        var speaker = message.Source == MessageSource.Staff ? "human" : "bot";
        var held = message.Held is null ? "" : $" (held: {message.Held})";
        terminal.Out.WriteLine($"{speaker} [{message.Language}]{held}");
        foreach (var line in message.Text.Split('\n'))
        {
            terminal.Out.WriteLine($"  {line}");
        }

        if (message.Choices.Count > 0)
        {
            terminal.Out.WriteLine($"  {string.Join(' ', message.Choices.Select(c => $"[{c.Value} {c.Title}]"))}");
        }
    }
}
