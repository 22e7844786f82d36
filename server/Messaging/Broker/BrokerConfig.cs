using System.Globalization;

namespace BorderInfo.Server.Messaging.Broker;

/// <summary>Pure: the text of Mosquitto's configuration and access lists. Each line is proven in <c>tests/Server/Messaging</c> against the real broker.</summary>
internal static class BrokerConfig
{
    /// <summary>Access list of the site listener: two patterns, no user lines. A site reads its own downlink and the urgent groups, and writes its own uplink.</summary>
    public const string SiteAccess = """
        pattern write bi/v1/s/%u/up/+
        pattern read bi/v1/s/%u/dn/+
        topic read bi/v1/g/+/urgent

        """;

    /// <summary>Access list of the inner listener: the server alone.</summary>
    public const string ServerAccess = """
        user server
        topic readwrite bi/v1/#

        """;

    /// <param name="folder">The broker's own folder, for its access lists and its store.</param>
    /// <param name="keys">Folder of keys and certificates.</param>
    /// <param name="user">User the broker shall run as when started by root; keys are readable by the service user only.</param>
    public static string Text(MessagingOptions options, string folder, string keys, string user) => string.Create(CultureInfo.InvariantCulture, $"""
        # Written anew at every start of the server.
        user {user}
        per_listener_settings true
        persistence true
        persistence_location {folder}/
        autosave_interval 60
        log_dest stderr
        log_type error
        log_type warning
        log_type notice
        connection_messages false
        max_packet_size 262144
        max_keepalive 120
        persistent_client_expiration 60d
        max_queued_messages 1000
        max_inflight_messages 20

        listener {options.BrokerPort} {options.SiteBind}
        cafile {keys}/device-ca.crt
        certfile {keys}/door.crt
        keyfile {keys}/door.key
        crlfile {keys}/device.crl
        require_certificate true
        use_identity_as_username true
        use_username_as_clientid true
        allow_anonymous false
        tls_version tlsv1.2
        acl_file {folder}/sites.acl

        listener {options.LinkPort} 127.0.0.1
        cafile {keys}/link-ca.crt
        certfile {keys}/link-server.crt
        keyfile {keys}/link-server.key
        require_certificate true
        use_identity_as_username true
        use_username_as_clientid false
        allow_anonymous false
        tls_version tlsv1.2
        acl_file {folder}/server.acl

        """);
}
