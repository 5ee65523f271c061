using System.Text;
using System.Xml;
using System.Xml.Serialization;
using AutoMapper;
using Microsoft.AspNetCore.Mvc.Formatters;
using PostModtag.Contract;

namespace PostModtag.Api.ReceiveMessage;

/// <summary>Writes a receipt as XML (<c>api-spec/receipt.xsd</c>). It stands first, so XML is the answer when nothing is asked for.</summary>
internal sealed class ReceiptXmlOutputFormatter : TextOutputFormatter
{
    private static readonly XmlSerializer Serializer = new(typeof(PostModtag_response));
    private static readonly XmlSerializerNamespaces NoNamespaces = new([XmlQualifiedName.Empty]);
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
    };

    public ReceiptXmlOutputFormatter()
    {
        SupportedMediaTypes.Add("application/xml");
        SupportedMediaTypes.Add("text/xml");
        SupportedEncodings.Add(Settings.Encoding);
    }

    /// <inheritdoc />
    public override Task WriteResponseBodyAsync(OutputFormatterWriteContext context, Encoding selectedEncoding)
    {
        var mapper = context.HttpContext.RequestServices.GetRequiredService<IMapper>();
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, Settings))
            Serializer.Serialize(writer, mapper.Map<PostModtag_response>((Receipt)context.Object!), NoNamespaces);
        bytes.WriteByte((byte)'\n');
        return context.HttpContext.Response.Body.WriteAsync(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <inheritdoc />
    protected override bool CanWriteType(Type? type) => type == typeof(Receipt);
}
