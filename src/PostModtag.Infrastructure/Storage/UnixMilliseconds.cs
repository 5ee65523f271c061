using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PostModtag.Infrastructure.Storage;

/// <summary>A moment as milliseconds since 1970, UTC.</summary>
internal sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
    moment => moment.ToUnixTimeMilliseconds(),
    milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
