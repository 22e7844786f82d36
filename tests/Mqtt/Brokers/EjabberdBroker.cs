using System.Diagnostics;
using BorderInfo.Mqtt;

namespace BorderInfo.Tests.Mqtt.Brokers;

/// <summary>ejabberd's mod_mqtt, a second implementation of MQTT 5; no Erlang node name, so no port mapper and no fixed port.</summary>
public sealed class EjabberdBroker : BrokerProcess
{
    public MqttOptions Options(string clientId) => new() { Port = Port, ClientId = clientId, UserName = clientId, Password = "any" };

    protected override ProcessStartInfo Command()
    {
        var path = Path.Combine(Folder, "ejabberd.yml");
        File.WriteAllText(path, $$"""
            hosts: [localhost]
            loglevel: warning
            auth_method: [anonymous]
            anonymous_protocol: login_anon
            allow_multiple_connections: true
            listen:
              -
                port: {{Port}}
                ip: "127.0.0.1"
                module: mod_mqtt
            modules:
              mod_mqtt:
                access_publish:
                  "#": [{allow: all}]
                access_subscribe:
                  "#": [{allow: all}]
            """);
        var command = new ProcessStartInfo("/usr/bin/erl", ["-noinput", "-mnesia", "dir", $"\"{Folder}/db\"", "-s", "ejabberd"]);
        command.Environment["ERL_LIBS"] = "/usr/lib/x86_64-linux-gnu";
        command.Environment["EJABBERD_CONFIG_PATH"] = path;
        command.Environment["EJABBERD_LOG_PATH"] = Path.Combine(Folder, "ejabberd.log");
        command.Environment["HOME"] = Folder;
        return command;
    }
}
