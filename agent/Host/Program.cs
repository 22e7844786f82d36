using BorderInfo.Agent.Service;

Console.OutputEncoding = System.Text.Encoding.UTF8;
return await Commands.Run(args, Console.Out, Console.Error);
