package io.byteport.adapter.probes.tls;

import io.byteport.adapter.probes.Endpoint;
import io.byteport.adapter.probes.net.HostName;
import io.byteport.adapter.probes.net.TimeLimit;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code tls.probe}: one handshake, and what a client that verifies would make of it. A bad
 * certificate is an answer; only that there was none to see is a failure.
 */
public final class TlsProbe implements Action.Read<TlsProbe.Input, TlsProbe.Output> {
  private final TrustRoots publicRoots;

  /** A probe that takes these for the public roots. */
  public TlsProbe(TrustRoots publicRoots) {
    this.publicRoots = publicRoots;
  }

  /**
   * @param serverName what is asked for and must be in the certificate; the endpoint for null
   * @param caFile a PEM file on this machine with roots that are trusted beside the public ones
   * @param timeout for everything
   */
  record Input(
      String endpoint,
      int port,
      @Nullable String serverName,
      @Nullable String caFile,
      Duration timeout) {}

  /**
   * @param problem the first thing that a client would refuse; null where it would be content
   */
  record Output(
      boolean handshakeOk,
      boolean chainValid,
      boolean publiclyTrusted,
      boolean nameMatches,
      boolean selfSigned,
      Instant notBefore,
      Instant notAfter,
      @Nullable String subject,
      @Nullable String issuerOrg,
      @Nullable String issuerCn,
      List<String> sans,
      String serial,
      String fingerprint,
      String keyType,
      boolean stapled,
      boolean mustStaple,
      @Nullable OcspStatus ocsp,
      String protocol,
      String cipher,
      List<ShownCertificate> chain,
      @Nullable String problem) {}

  @Override
  public String name() {
    return "tls.probe";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    return command(input.endpoint(), input.port(), input.serverName());
  }

  static List<String> command(String host, int port, @Nullable String serverName) {
    return List.of(
        "openssl",
        "s_client",
        "-connect",
        HostName.withPort(host, port),
        "-servername",
        serverName == null ? host : serverName,
        "-status",
        "-showcerts");
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    String host = HostName.ascii(input.endpoint());
    String serverName = input.serverName() == null ? host : HostName.ascii(input.serverName());
    TrustRoots roots = publicRoots.with(input.caFile());
    Served served =
        Handshake.with(
            Endpoint.of(host, input.port()),
            serverName,
            TimeLimit.shorter(input.timeout(), context.timeout()));
    return Findings.of(served, serverName, publicRoots, roots, context.clock().instant());
  }
}
