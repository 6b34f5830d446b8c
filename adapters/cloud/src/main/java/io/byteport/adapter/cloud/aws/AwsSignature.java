package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Authority;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.engine.spi.ActionException;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Signs calls of one service in one region, Signature Version 4. */
record AwsSignature(KeyChain chain, String service, String region) implements Authority {
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  @Override
  public Map<String, String> headers(Call call, Deadline deadline)
      throws ActionException, InterruptedException {
    AwsKeys keys = chain.keys(deadline);
    AwsCredentialsIdentity identity =
        keys.session() == null
            ? AwsCredentialsIdentity.create(keys.id(), keys.secret())
            : AwsSessionCredentialsIdentity.create(keys.id(), keys.secret(), keys.session());
    URI uri = call.address().uri();
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(call.method())).uri(uri);
    call.headers().forEach(request::putHeader);
    String body = call.body() == null ? "" : call.body();
    SignedRequest signed =
        SIGNER.sign(
            signing ->
                signing
                    .identity(identity)
                    .request(request.build())
                    .payload(ContentStreamProvider.fromUtf8String(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(
                        HttpSigner.SIGNING_CLOCK, deadline.clock().withZone(ZoneOffset.UTC)));
    Map<String, String> added = new HashMap<>();
    signed
        .request()
        .headers()
        .forEach(
            (name, values) -> {
              if (!isOurs(call, name)) {
                added.put(name, firstOf(values));
              }
            });
    return added;
  }

  /** What the call has already, and the host, which is the address's. */
  private static boolean isOurs(Call call, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("host")
        || lower.equals("content-length")
        || call.headers().keySet().stream()
            .anyMatch(known -> known.toLowerCase(Locale.ROOT).equals(lower));
  }

  private static String firstOf(List<String> values) {
    return String.join(",", values);
  }
}
