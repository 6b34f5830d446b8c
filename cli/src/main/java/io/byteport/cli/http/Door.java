package io.byteport.cli.http;

import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says who asks. A token is looked at first, then a session; where nobody is named and only this
 * machine is listened to, everybody may look. Safe for several threads.
 */
final class Door {
  static final String COOKIE = "byteport_session";
  private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
  private static final HeaderName FORWARDED = HeaderNames.create("Forwarded");
  private static final String BEARER = "bearer ";

  /** What this machine is called by those who do not come through somebody else's name. */
  private static final Pattern OWN_NAME =
      Pattern.compile("(localhost|[a-z0-9-]+\\.localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]+)?");

  private final People people;
  private final BrowserSessions sessions;
  private final TokenBuckets failures;
  private final boolean onlyHere;

  /**
   * @param failures wrong tokens, by address
   * @param onlyHere whether only loopback is listened to
   */
  Door(People people, BrowserSessions sessions, TokenBuckets failures, boolean onlyHere) {
    this.people = people;
    this.sessions = sessions;
    this.failures = failures;
    this.onlyHere = onlyHere;
  }

  /**
   * Who asks.
   *
   * @throws Problem if that is not known, or the role is not enough
   */
  Visitor require(Role least, ServerRequest request) {
    Visitor visitor = visitor(request).orElseThrow(() -> unknown(request));
    if (!visitor.is(least)) {
      throw Problem.forbidden(
          visitor.isNeighbour()
              ? "nobody is named in the agent's configuration, so everybody on this machine may"
                  + " look and nobody may act: name people with the role "
                  + word(least)
                  + " under `access`"
              : visitor.name()
                  + " has the role "
                  + word(visitor.role())
                  + ", and this takes "
                  + word(least));
    }
    return visitor;
  }

  static String word(Role role) {
    return "`" + role.name().toLowerCase(Locale.ROOT) + "`";
  }

  private Problem unknown(ServerRequest request) {
    if (!people.any() && onlyHere) {
      return new Problem(
          403,
          "not under this name",
          "nobody is named in the agent's configuration, so only this machine may look, and only"
              + " under its own name, such as localhost",
          Turned.FOREIGN_HOST);
    }
    return Problem.unauthenticated(
        token(request) == null
            ? "send a token in the header `Authorization: Bearer TOKEN`, or log in at /login"
            : "the token is not one that the agent's configuration knows");
  }

  /**
   * Who asks; empty where that is not known.
   *
   * @throws Problem if too many wrong tokens came from there
   */
  Optional<Visitor> visitor(ServerRequest request) {
    String token = token(request);
    if (token != null) {
      Optional<Visitor> known = people.withToken(token).map(person -> visitor(person, ""));
      if (known.isEmpty() && !failures.take(address(request))) {
        throw tooManyTokens();
      }
      return known;
    }
    Optional<Visitor> inSession = session(request);
    if (inSession.isPresent()) {
      return inSession;
    }
    return !people.any() && onlyHere && isOwnName(request)
        ? Optional.of(Visitor.NEIGHBOUR)
        : Optional.empty();
  }

  Problem tooManyTokens() {
    return Problem.tooMany(
        "too many wrong tokens came from this address; wait a while",
        Turned.TOO_MANY_LOGINS,
        failures.next());
  }

  private Optional<Visitor> session(ServerRequest request) {
    String name = cookie(request);
    return name == null
        ? Optional.empty()
        : sessions
            .find(name)
            .flatMap(session -> people.of(session).map(person -> visitor(person, session.csrf())));
  }

  private static Visitor visitor(People.Known person, String csrf) {
    return new Visitor(person.name(), person.person().role(), person.person().groups(), csrf);
  }

  private static @Nullable String token(ServerRequest request) {
    String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
    return header.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? header.substring(BEARER.length()).strip()
        : null;
  }

  /** The name of the session; null for none. */
  static @Nullable String cookie(ServerRequest request) {
    for (String header : request.headers().values(HeaderNames.COOKIE)) {
      for (String pair : header.split(";", -1)) {
        String[] parts = pair.strip().split("=", 2);
        if (parts.length == 2 && parts[0].equals(COOKIE)) {
          return parts[1];
        }
      }
    }
    return null;
  }

  /** Whether a request comes straight from this machine, not through something that passes on. */
  static boolean isNeighbour(ServerRequest request) {
    return request.remotePeer().address() instanceof InetSocketAddress peer
        && isLoopback(peer.getAddress())
        && !request.headers().contains(FORWARDED_FOR)
        && !request.headers().contains(FORWARDED);
  }

  static boolean isLoopback(@Nullable InetAddress address) {
    return address != null && address.isLoopbackAddress();
  }

  /** A page elsewhere that has its name point here is not this machine. */
  private static boolean isOwnName(ServerRequest request) {
    String host = request.headers().first(HeaderNames.HOST).orElse("").toLowerCase(Locale.ROOT);
    return OWN_NAME.matcher(host).matches();
  }

  static String address(ServerRequest request) {
    return request.remotePeer().address() instanceof InetSocketAddress peer
            && peer.getAddress() != null
        ? peer.getAddress().getHostAddress()
        : "unknown";
  }
}
