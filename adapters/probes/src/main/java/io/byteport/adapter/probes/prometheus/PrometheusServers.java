package io.byteport.adapter.probes.prometheus;

import io.byteport.adapter.probes.http.HttpAnswer;
import io.byteport.adapter.probes.http.Service;
import io.byteport.adapter.probes.http.Web;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The servers of the inventory's kind {@code prometheus}, and how they are asked: by a form that is
 * posted, or by GET where the server takes no POST. Safe for several threads.
 */
public final class PrometheusServers {
  private static final String KIND = "prometheus";
  private static final int LARGEST = 16 << 20;

  private final Inventory inventory;
  private final Web web;

  public PrometheusServers(Inventory inventory, Web web) {
    this.inventory = inventory;
    this.web = web;
  }

  /** The address for a command; a placeholder where there is no such server. No I/O. */
  String address(@Nullable Prometheus wanted) {
    return entry(wanted).flatMap(entry -> entry.text("address")).orElse("http://prometheus:9090");
  }

  /**
   * What a server answers.
   *
   * @param path below its address
   * @param form names and values
   * @throws ActionException if there is no such server, it is not clear which is meant, it does not
   *     answer or it refuses
   */
  Answer ask(@Nullable Prometheus wanted, String path, Map<String, String> form, Duration limit)
      throws ActionException, InterruptedException {
    Service service = Service.of(chosen(wanted));
    URI address = service.below(path);
    String encoded =
        form.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    HttpAnswer answer =
        send(
            service,
            HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded)),
            address,
            limit);
    if (answer.status() == 405 || answer.status() == 501) {
      URI whole = URI.create(address + "?" + encoded);
      answer = send(service, HttpRequest.newBuilder(whole).GET(), whole, limit);
    }
    if (answer.cut()) {
      throw ActionException.refused(
          FailureKind.INVALID, "the answer is larger than 16 MiB; ask for less");
    }
    return Answer.read(answer.status(), answer.text());
  }

  private HttpAnswer send(Service service, HttpRequest.Builder request, URI address, Duration limit)
      throws ActionException, InterruptedException {
    service.authorize(request, address);
    return web.send(request.timeout(limit).build(), service.caFile(), LARGEST, limit);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Optional<Inventory.Entry> entry(@Nullable Prometheus wanted) {
    return wanted == null
        ? inventory.of(KIND).stream().findFirst()
        : inventory.find(KIND, wanted.name());
  }

  private Inventory.Entry chosen(@Nullable Prometheus wanted) throws ActionException {
    List<Inventory.Entry> all = inventory.of(KIND);
    if (wanted == null && all.size() > 1) {
      throw ActionException.refused(
          FailureKind.INVALID,
          "the inventory has several of the kind prometheus: "
              + all.stream().map(Inventory.Entry::name).collect(Collectors.joining(", "))
              + "; say which is meant");
    }
    return entry(wanted)
        .orElseThrow(
            () ->
                ActionException.refused(
                    FailureKind.NOT_FOUND,
                    wanted == null
                        ? "the inventory has no entry of the kind prometheus; add one under"
                            + " `connections`"
                        : "the inventory has no prometheus `" + wanted.name() + "`"));
  }
}
