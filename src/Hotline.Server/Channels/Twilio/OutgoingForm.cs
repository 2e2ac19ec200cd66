using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Hotline.Server.Channels.Twilio;

/// <summary>A form that remembers whether a byte of it has left: before that, a failed request has certainly done nothing.</summary>
internal sealed class OutgoingForm : HttpContent
{
    private readonly byte[] _body;

    public OutgoingForm(IEnumerable<FormPair> pairs)
    {
        _body = Encoding.ASCII.GetBytes(string.Join('&', pairs.Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}")));
        Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
    }

    public bool HasLeft { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        await SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasLeft = true;
        await stream.WriteAsync(_body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
