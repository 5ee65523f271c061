using PostModtag.Cli;

return await Tool.RunAsync(args, Console.Out, Console.Error);
