using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;

namespace PostModtag.Infrastructure.Storage.Sqlite;

/// <summary>The keys that secrets are encrypted with, in files of the data folder.</summary>
internal sealed class FileKeys(DataFolder folder, ILoggerFactory logs) : FileSystemXmlRepository(new DirectoryInfo(folder.Keys), logs);
