namespace Hotline.Server.Cases;

/// <summary>What sealed bodies of this database are for; part of the seal.</summary>
internal static class TicketBodies
{
    public const string LinePurpose = "ticket-line";
    public const string NotePurpose = "ticket-note";
    public const string ReplyPurpose = "ticket-reply";
    public const string AddressPurpose = "contact-address";
}
