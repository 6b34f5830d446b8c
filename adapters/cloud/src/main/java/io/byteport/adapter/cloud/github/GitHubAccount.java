package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Authority;
import io.byteport.adapter.cloud.http.Dialect;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Problem;
import io.byteport.adapter.cloud.http.Settings;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.adapter.cloud.machine.Tokens;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * GitHub, over entries of the kind {@code github}: the settings {@code address} and {@code
 * repositories} (what lies elsewhere is refused; all that the token reaches where it is missing),
 * the credential {@code token}, or those of an app. Safe for several threads.
 */
public final class GitHubAccount {
  private static final String VERSION = "2022-11-28";
  private static final Dialect ERRORS =
      reply -> {
        Json answer = Json.lenient(reply.text());
        List<String> words = new ArrayList<>();
        String message = answer.text("message");
        if (message != null) {
          words.add(message);
        }
        for (Json error : answer.at("errors").items()) {
          String said = error.text() == null ? error.text("message") : error.text();
          words.add(
              said != null
                  ? said
                  : String.join(
                      " ",
                      String.valueOf(error.text("resource")),
                      String.valueOf(error.text("field")),
                      String.valueOf(error.text("code"))));
        }
        String all = String.join("; ", words);
        String lower = all.toLowerCase(Locale.ROOT);
        boolean throttled =
            (reply.status() == 403 || reply.status() == 429)
                && (lower.contains("rate limit") || lower.contains("abuse detection"));
        return new Problem(all, throttled ? FailureKind.REFUSED : null, throttled);
      };

  private final Inventory inventory;
  private final Transport transport;

  /** By the name of the entry. */
  private final Map<String, Authority> authorities = new ConcurrentHashMap<>();

  public GitHubAccount(Inventory inventory, Transport transport) {
    this.inventory = inventory;
    this.transport = transport;
  }

  /**
   * The API as a repository's reader or writer uses it.
   *
   * @throws ActionException if the repository is not in reach
   */
  Api api(Repository repository, @Nullable String connection) throws ActionException {
    Inventory.Entry entry = Settings.entry(inventory, "github", connection);
    List<String> reach = entry.texts("repositories");
    if (!reach.isEmpty() && reach.stream().noneMatch(repository.name()::equalsIgnoreCase)) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN,
          "the connection `" + entry.name() + "` does not reach " + repository.name());
    }
    Authority token =
        authorities.computeIfAbsent(
            entry.name(),
            name ->
                entry.credentials().containsKey("appKey")
                    ? new Tokens(new GitHubApp(entry, transport, ERRORS))
                    : Settings.bearer(entry));
    Authority authority =
        (call, deadline) -> {
          Map<String, String> headers = new LinkedHashMap<>(token.headers(call, deadline));
          headers.put("Accept", "application/vnd.github+json");
          headers.put("X-GitHub-Api-Version", VERSION);
          return headers;
        };
    return new Api(transport, Settings.address(entry, "https://api.github.com"), authority, ERRORS);
  }
}
