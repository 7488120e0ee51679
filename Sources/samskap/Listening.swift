import ArgumentParser
import Server

/// The options of every command that listens.
struct Listening: ParsableArguments {
    @Option(help: "The address to listen on. 127.0.0.1 is this machine only. (default: 0.0.0.0)")
    var host: String?
    @Option(help: "The port; 0 lets the system choose one. (default: 8080)")
    var port: UInt16?
    @Option(help: "The certificate chain, PEM, for https and wss.")
    var tlsCertificate: String?
    @Option(help: "The certificate's private key, PEM.")
    var tlsKey: String?
    @Option(help: "Worker threads; 0 is one for each core. (default: 0)")
    var workers: Int?

    /// What the server is to be told.
    func options() throws -> ServerOptions {
        var options = ServerOptions()
        options.host = Setting.text(host, "HOST") ?? "0.0.0.0"
        options.port = try Setting.number(port, "PORT", otherwise: 8080)
        options.workers = try Setting.number(workers, "WORKERS", otherwise: 0)
        options.certificatePath = Setting.text(tlsCertificate, "TLS_CERTIFICATE")
        options.keyPath = Setting.text(tlsKey, "TLS_KEY")
        return options
    }
}
