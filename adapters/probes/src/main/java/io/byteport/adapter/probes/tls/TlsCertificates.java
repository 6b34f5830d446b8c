package io.byteport.adapter.probes.tls;

import io.byteport.adapter.probes.Endpoint;
import io.byteport.adapter.probes.net.HostName;
import io.byteport.adapter.probes.net.TimeLimit;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * {@code tls.certificates}: what the endpoints of the inventory serve, asked all at once. One that
 * cannot be seen does not hide the others; only where none can be seen the read fails.
 */
public final class TlsCertificates
    implements Action.Read<TlsCertificates.Input, TlsCertificates.Output> {
  private static final Duration EACH = Duration.ofSeconds(10);

  private final Inventory inventory;
  private final TrustRoots publicRoots;

  /** Of the entries of the kind {@code endpoint}, judged by these roots and an entry's own. */
  public TlsCertificates(Inventory inventory, TrustRoots publicRoots) {
    this.inventory = inventory;
    this.publicRoots = publicRoots;
  }

  record Input(@Nullable TlsEndpoint endpoint) {}

  record Output(List<Item> items, List<Unseen> unseen) {}

  record Item(
      String domain,
      String endpoint,
      @Nullable String host,
      String address,
      int port,
      Instant notAfter,
      @Nullable String issuerOrg,
      boolean chainValid,
      boolean stapled,
      boolean mustStaple) {}

  /**
   * @param reason why nothing was seen
   */
  record Unseen(String domain, String endpoint, @Nullable String host, String reason) {}

  @Override
  public String name() {
    return "tls.certificates";
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
    return wanted(input).stream()
        .findFirst()
        .map(target -> TlsProbe.command(target.host(), target.port(), target.serverName()))
        .orElse(List.of("openssl", "s_client"));
  }

  @Override
  public Output read(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    List<ServedAddress> targets = wanted(input);
    if (targets.isEmpty() && input.endpoint() != null) {
      throw ActionException.refused(
          FailureKind.NOT_FOUND, "the inventory has no endpoint `" + input.endpoint().name() + "`");
    }
    List<Item> items = new ArrayList<>();
    List<Unseen> unseen = new ArrayList<>();
    Duration limit = TimeLimit.shorter(EACH, context.timeout());
    Instant now = context.clock().instant();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Item>> answers =
          targets.stream().map(target -> threads.submit(() -> look(target, limit, now))).toList();
      for (int i = 0; i < answers.size(); i++) {
        collect(targets.get(i), answers.get(i), items, unseen);
      }
    }
    if (items.isEmpty() && !unseen.isEmpty()) {
      throw ActionException.refused(FailureKind.UNREACHABLE, unseen.getFirst().reason());
    }
    return new Output(items, unseen);
  }

  private static void collect(
      ServedAddress target, Future<Item> answer, List<Item> items, List<Unseen> unseen)
      throws InterruptedException {
    try {
      items.add(answer.get());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof ActionException failure)) {
        throw new IllegalStateException(e.getCause());
      }
      unseen.add(new Unseen(target.domain(), target.name(), target.machine(), failure.reason()));
    }
  }

  private Item look(ServedAddress target, Duration limit, Instant now)
      throws ActionException, InterruptedException {
    TrustRoots roots = publicRoots.with(target.caFile());
    Served served =
        Handshake.with(
            Endpoint.of(HostName.ascii(target.host()), target.port()),
            HostName.ascii(target.serverName()),
            limit);
    return new Item(
        target.domain(),
        target.name(),
        target.machine(),
        target.host(),
        target.port(),
        served.own().getNotAfter().toInstant(),
        CertificateText.part(served.own().getIssuerX500Principal(), "O"),
        Judgement.of(served, publicRoots, roots, now).chainValid(),
        !served.staples().isEmpty(),
        Extensions.mustStaple(served.own()));
  }

  private List<ServedAddress> wanted(Input input) {
    if (input.endpoint() == null) {
      return inventory.of(ServedAddress.KIND).stream().map(ServedAddress::of).toList();
    }
    return inventory.find(ServedAddress.KIND, input.endpoint().name()).stream()
        .map(ServedAddress::of)
        .toList();
  }
}
