package io.byteport.adapter.probes.tls;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Answers a web server that wants something to staple; the answers are signed by an authority. */
@SuppressWarnings("JavaUtilDate") // the builders take nothing else
final class OcspResponder implements AutoCloseable {
  private final HttpServer server;

  /**
   * @param age how old the answers are; they are good for a day
   */
  OcspResponder(Authority authority, boolean revokes, Duration age) throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            OCSPReq request = request(exchange);
            byte[] answer = answer(authority, request, revokes, age).getEncoded();
            exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    server.start();
  }

  private static OCSPReq request(com.sun.net.httpserver.HttpExchange exchange) throws Exception {
    if (exchange.getRequestMethod().equals("POST")) {
      return new OCSPReq(exchange.getRequestBody().readAllBytes());
    }
    String path = exchange.getRequestURI().getPath().substring(1);
    return new OCSPReq(java.util.Base64.getDecoder().decode(path));
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static OCSPResp answer(
      Authority authority, OCSPReq request, boolean revokes, Duration age) throws Exception {
    X509Certificate signer = authority.certificate();
    X509CertificateHolder holder = new JcaX509CertificateHolder(signer);
    BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(holder.getSubject()));
    Date made = Date.from(Authority.NOW.minus(age));
    Date until = Date.from(Authority.NOW.minus(age).plus(Duration.ofDays(1)));
    CertificateStatus status =
        revokes
            ? new RevokedStatus(
                Date.from(Authority.NOW.minus(Duration.ofDays(2))), CRLReason.keyCompromise)
            : CertificateStatus.GOOD;
    for (Req each : request.getRequestList()) {
      builder.addResponse(each.getCertID(), status, made, until, null);
    }
    return new OCSPRespBuilder()
        .build(
            OCSPRespBuilder.SUCCESSFUL,
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(authority.key()),
                new X509CertificateHolder[] {holder},
                made));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
