using System.Security.Cryptography;
using Hotline.Cases;
using Hotline.Server.Desk;
using Hotline.Triage;
using Microsoft.AspNetCore.Components;

namespace Hotline.Server.StaffConsole.Pages;

public sealed partial class TicketPage
{
    private const string ReplyEditor = "reply";
    private const string NoteEditor = "note";

    private TicketView? _view;
    private bool _read;
    private string _reply = "";
    private string _note = "";
    private string _level = "";
    private string _message = "";
    private long _seen;
    private Guid _replyId = NewId();
    private Guid _noteId = NewId();
    private IReadOnlyList<TimelineEntry> _missed = [];

    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    private Drafts Drafts { get; set; } = null!; // set by Blazor

    private bool Mine => _view?.Entry.Owner == Me && _view.Entry.State == TicketState.Active;

    private string State => _view switch
    {
        { Entry.State: TicketState.Closed } => "closed",
        { Entry.State: TicketState.WrapUp } => "being closed",
        { Entry.Owner: null } => "waits for a person",
        { Entry.Owner: var owner } when owner == Me => "yours",
        _ => "taken by somebody else",
    };

    private IEnumerable<string> Flags
    {
        get
        {
            if (_view is { OptedOut: true } or { Entry.CannotAnswer: true })
            {
                yield return "Opted out: cannot be answered on this number until the person writes START.";
            }

            if (_view is { Hidden: true })
            {
                yield return "Hidden: the person asked for harmless texts only. A reply is held back.";
            }

            if (_view is { NotSafe: true })
            {
                yield return "Said that it is not safe to write. Nothing is sent until the person writes again.";
            }

            if (_view is { DeletionAsked: true })
            {
                yield return "Asked for everything to be deleted. A decision is due within 72 hours.";
            }
        }
    }

    protected override async Task ReadAsync()
    {
        if (!_read)
        {
            _reply = await Drafts.ReadAsync(new(Me, Id, ReplyEditor), CancellationToken.None);
            _note = await Drafts.ReadAsync(new(Me, Id, NoteEditor), CancellationToken.None);
        }

        _view = await Desk.FindAsync(Id, CancellationToken.None);
        _read = true;

        // While somebody is typing, what they had in view when they began counts: a later message stops the send.
        if (_reply.Length == 0)
        {
            _seen = _view?.LastSeq ?? 0;
        }
    }

    // Half of an id's randomness would do; it only tells one press of the button from the next.
    private static Guid NewId() => new(RandomNumberGenerator.GetBytes(16));

    private async Task ClaimAsync()
    {
        _message = await Desk.ClaimAsync(Id, Me, CancellationToken.None) switch
        {
            ClaimOutcome.Taken => "Somebody else has just taken it.",
            ClaimOutcome.Gone => "This ticket is closed.",
            _ => "",
        };
        await ReadAsync();
    }

    // Bound with @bind, never with value and oninput: only then does a late answer of the server not undo keys pressed meanwhile.
    private void TypeReply(string? text)
    {
        if (_reply.Length == 0)
        {
            _seen = _view?.LastSeq ?? 0;
        }

        _reply = text ?? "";
        Drafts.Write(new(Me, Id, ReplyEditor), _reply);
    }

    private void TypeNote(string? text)
    {
        _note = text ?? "";
        Drafts.Write(new(Me, Id, NoteEditor), _note);
    }

    private async Task SendAsync()
    {
        _message = "";
        if (string.IsNullOrWhiteSpace(_reply))
        {
            return;
        }

        switch (await Desk.ReplyAsync(Id, Me, _replyId, _reply, _seen, CancellationToken.None))
        {
            case ReplyOutcome.Stored:
                _missed = [];
                _reply = "";
                _replyId = NewId();
                Drafts.Write(new(Me, Id, ReplyEditor), "");
                break;
            case ReplyOutcome.Stale stale:
                _missed = stale.Missed;
                _seen = stale.Missed[^1].Seq;
                break;
            default:
                _message = "Not sent: this ticket is not yours any more.";
                break;
        }

        await ReadAsync();
    }

    private async Task NoteAsync()
    {
        if (string.IsNullOrWhiteSpace(_note))
        {
            return;
        }

        await Desk.NoteAsync(Id, Me, _noteId, _note, CancellationToken.None);
        _note = "";
        _noteId = NewId();
        Drafts.Write(new(Me, Id, NoteEditor), "");
        await ReadAsync();
    }

    private async Task LevelAsync(ChangeEventArgs change)
    {
        _level = change.Value as string ?? "";
        if (Enum.TryParse<TriageLevel>(_level, out var level) && !await Desk.SetLevelAsync(Id, Me, level, CancellationToken.None))
        {
            _message = "Not set: this ticket is not yours any more.";
        }

        await ReadAsync();
    }

    private async Task CloseAsync()
    {
        if (!Enum.TryParse<TriageLevel>(_level, out var level))
        {
            _message = "Choose the level first.";
        }
        else if (_reply.Length > 0)
        {
            _message = "There is a reply that is not sent. Send it or empty the box.";
        }
        else
        {
            switch (await Desk.CloseAsync(Id, Me, level, _seen, CancellationToken.None))
            {
                case CloseOutcome.Closing:
                    (_message, _missed) = ("", []);
                    break;
                case CloseOutcome.Stale stale:
                    _missed = stale.Missed;
                    _seen = stale.Missed[^1].Seq;
                    break;
                default:
                    _message = "Not closed: this ticket is not yours any more.";
                    break;
            }
        }

        await ReadAsync();
    }
}
