using System.Text.Json;
using System.Text.Json.Serialization;

namespace PostModtag.Contract.Administration;

/// <summary>The typed client of drafts. The generated part reads single enumerations by name; this part has lists of them read so too.</summary>
public partial class DraftsClient
{
    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) => settings.Converters.Add(new JsonStringEnumConverter());
}
