package io.byteport.adapter.cloud.post;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Authority;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Dialect;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Problem;
import io.byteport.adapter.cloud.http.Reply;
import io.byteport.adapter.cloud.http.Settings;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code http.post}: sends JSON to an address that the deployment configured. With a connection of
 * the kind {@code http} its credentials go along ({@code token}, or {@code username} and {@code
 * password}), and the address must lie under the connection's.
 */
public record PostJson(Inventory inventory, Transport transport)
    implements Action.Change<PostJson.Input, PostJson.Output> {
  private static final int SHOWN = 500;
  private static final Dialect WORDS =
      reply -> {
        String text = reply.text();
        return Problem.said(text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
      };

  /** What {@code http.post} takes. */
  public record Input(String url, @Nullable Map<String, Value> json, @Nullable String connection) {}

  /** What {@code http.post} returns. */
  public record Output(int status) {}

  @Override
  public String name() {
    return "http.post";
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
    return List.of("curl", "-fsS", "--json", body(input), input.url());
  }

  private static String body(Input input) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (input.json() != null) {
      input.json().forEach((name, value) -> fields.put(name, Json.plain(value)));
    }
    return Json.write(fields);
  }

  @Override
  public StructValue prepare(Input input, ActionContext context) throws ActionException {
    api(input);
    return StructValue.EMPTY;
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    Api api = api(input);
    Call call =
        Call.write("POST", api.base())
            .json(body(input))
            .header("Idempotency-Key", context.intent().replaceAll("[^A-Za-z0-9._/-]", "-"));
    Reply reply = api.send(call, Deadline.of(context));
    return new Changed<>(new Output(reply.status()), true);
  }

  private Api api(Input input) throws ActionException {
    URI uri = uri(input.url());
    Authority authority = Authority.NONE;
    Transport chosen = transport;
    if (input.connection() != null) {
      Inventory.Entry entry = Settings.entry(inventory, "http", input.connection());
      within(uri, uri(Settings.text(entry, "address")), entry.name());
      authority = authority(entry);
      Optional<String> authorities = entry.text("caFile");
      if (authorities.isPresent()) {
        chosen = transport.trusting(Path.of(authorities.get()));
      }
    }
    return new Api(chosen, new Address(uri.toString(), "", ""), authority, WORDS);
  }

  private static URI uri(String text) throws ActionException {
    try {
      URI uri = URI.create(text);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (IllegalArgumentException noAddress) {
      throw unusable();
    }
    throw unusable();
  }

  private static ActionException unusable() {
    return ActionException.refused(
        FailureKind.INVALID,
        "expected an address such as `https://hooks.example.com/scale`, without user and fragment");
  }

  /** Credentials go to the connection's own place only, and a path cannot climb out of it. */
  private static void within(URI uri, URI root, String name) throws ActionException {
    String base = root.getRawPath().endsWith("/") ? root.getRawPath() : root.getRawPath() + "/";
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    boolean climbs =
        path.contains("/..")
            || path.contains("/./")
            || path.toLowerCase(java.util.Locale.ROOT).contains("%2e");
    boolean under =
        uri.getScheme().equals(root.getScheme())
            && uri.getAuthority().equalsIgnoreCase(root.getAuthority())
            && (path + "/").startsWith(base);
    if (!under || climbs) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN,
          "the address is not under that of the connection `"
              + name
              + "`, whose credentials stay"
              + " there");
    }
  }

  private static Authority authority(Inventory.Entry entry) {
    Optional<Secret> user = Settings.secret(entry, "username");
    Optional<Secret> password = Settings.secret(entry, "password");
    if (user.isEmpty() || password.isEmpty()) {
      return Settings.bearer(entry);
    }
    return (call, deadline) -> {
      String pair = user.get().reveal() + ":" + password.get().reveal();
      return Map.of(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    };
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context) {
    return Probe.UNKNOWN;
  }

  @Override
  public boolean repeatable() {
    return false;
  }
}
