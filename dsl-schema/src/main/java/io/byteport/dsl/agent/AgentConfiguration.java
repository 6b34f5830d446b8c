package io.byteport.dsl.agent;

import io.byteport.dsl.connection.Connection;
import io.byteport.dsl.connection.SecretReference;
import io.byteport.dsl.expr.TypedExpr;
import io.byteport.dsl.model.Id;
import io.byteport.dsl.model.Runbook.Metadata;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a file of kind {@code Agent} says, found sound, with what holds where it says nothing.
 * Immutable.
 *
 * @param live whether changes are made at all; else every run is a dry run
 * @param links where people read on
 * @param routes the first that holds decides, for each kind of channel
 * @param autonomy every entry that holds counts, and the lowest level wins
 */
public record AgentConfiguration(
    String name,
    boolean live,
    Listen listen,
    HttpSettings http,
    Access access,
    Links links,
    Store store,
    Map<String, Source> sources,
    List<Connection> connections,
    Map<String, Channel> channels,
    List<Route> routes,
    List<Level> autonomy,
    Approvals approvals,
    Map<String, Window> windows,
    Map<String, Limit> limits,
    StormSettings storm,
    Concurrency concurrency,
    Runbooks runbooks) {

  public AgentConfiguration {
    sources = frozen(sources);
    connections = List.copyOf(connections);
    channels = frozen(channels);
    routes = List.copyOf(routes);
    autonomy = List.copyOf(autonomy);
    windows = frozen(windows);
    limits = frozen(limits);
  }

  /**
   * Where the agent is spoken to.
   *
   * @param host a name or an address; loopback where nothing is said
   */
  public record Listen(String host, int port, @Nullable Tls tls) {}

  /** Files in PEM. They are read anew when they change. */
  public record Tls(String certificate, String key) {}

  /**
   * Who may look and act over HTTP. Where nobody is named, only loopback is listened to, and
   * everybody there may look.
   *
   * @param people by name, as journal and console show it
   */
  public record Access(Map<String, Person> people) {
    public Access {
      people = frozen(people);
    }
  }

  /**
   * @param groups such as {@code sre}, for {@link Approvals}
   */
  public record Person(Role role, List<String> groups, SecretReference token) {
    public Person {
      groups = List.copyOf(groups);
    }
  }

  /** Each may what the ones before it may. */
  public enum Role {
    VIEWER,
    APPROVER,
    ADMIN
  }

  /** Without slashes at their ends; null where there is no such place. */
  public record Links(@Nullable String console, @Nullable String runbooks) {}

  /**
   * Where state is kept.
   *
   * @param folder of the embedded database; null where it is a shared one
   * @param address {@code HOST:PORT/DATABASE} of a PostgreSQL; null where it is a folder
   * @param retention how long after their end runs are kept; zero for ever
   */
  public record Store(
      @Nullable String folder,
      @Nullable String address,
      @Nullable String username,
      @Nullable SecretReference password,
      Duration retention) {}

  /**
   * Where signals come from.
   *
   * @param entry type, settings and credentials; its kind is {@code source}
   * @param webhook the path where it calls; null where it does not
   * @param every how often it is polled
   * @param emitResolved whether the end of an alert opens something by itself, too
   * @param rules which signal an alert is, before the source's own table; the first that holds
   * @param mapping how a body is read; null where the source knows
   */
  public record Source(
      Connection entry,
      @Nullable String webhook,
      Duration every,
      boolean emitResolved,
      List<Rule> rules,
      @Nullable Mapping mapping) {
    public Source {
      rules = List.copyOf(rules);
    }
  }

  /**
   * @param when over {@code signal}, of which the type is not known yet
   * @param signal the type that it is
   */
  public record Rule(TypedExpr when, String signal, Span at) {}

  /**
   * From a JSON body to alerts, over {@code body} and one item.
   *
   * @param items a list in the body, one alert for each; null where the body is the one item
   * @param drop the items that say nothing; null where all say something
   * @param labels by name; one that comes to nothing is left out
   */
  public record Mapping(
      @Nullable TypedExpr items,
      @Nullable TypedExpr drop,
      List<Choice> status,
      List<Choice> severity,
      @Nullable TypedExpr title,
      @Nullable TypedExpr value,
      @Nullable TypedExpr at,
      @Nullable TypedExpr link,
      @Nullable TypedExpr dedupKey,
      Map<String, TypedExpr> labels) {
    public Mapping {
      status = List.copyOf(status);
      severity = List.copyOf(severity);
      labels = frozen(labels);
    }
  }

  /** The value of the first that holds. */
  public record Choice(String value, TypedExpr when) {}

  /**
   * Whom it tells.
   *
   * @param entry type, settings and credentials; its kind is that of the channel: mail, chat, page,
   *     issue, room
   * @param minSeverity what is less grave is not sent: info, warning, high or critical
   * @param mentionOnCritical as the channel writes it; null for nobody
   * @param templates in place of the channel's own words, by event; {@code *} for any other
   */
  public record Channel(
      Connection entry,
      String minSeverity,
      @Nullable String mentionOnCritical,
      Map<String, TypedExpr> templates) {
    public Channel {
      templates = frozen(templates);
    }
  }

  /**
   * @param when over {@code runbook}, {@code target}, {@code class}, {@code severity}, {@code
   *     result} and {@code signal}
   * @param use names of channels
   */
  public record Route(TypedExpr when, List<String> use, Span at) {
    public Route {
      use = List.copyOf(use);
    }
  }

  /**
   * @param when over {@code runbook}, {@code target}, {@code class}, {@code action} and {@code
   *     signal}
   * @param level observe, propose, approve or act
   */
  public record Level(TypedExpr when, String level, Span at) {}

  /**
   * @param ask a kind of channel
   * @param within after this the step becomes a proposal
   * @param approvers {@code group:NAME} or {@code user:NAME}; empty for whoever may approve
   */
  public record Approvals(String ask, Duration within, List<String> approvers) {
    public Approvals {
      approvers = List.copyOf(approvers);
    }
  }

  /**
   * A time in which less is done.
   *
   * @param when null for whatever happens in it
   */
  public record Window(Time time, @Nullable TypedExpr when, String level) {}

  /** When a window is open. */
  public sealed interface Time {}

  /**
   * @param cron five fields: minute, hour, day of the month, month, day of the week
   */
  public record Recurring(String cron, ZoneId zone, Duration length) implements Time {}

  public record Once(Instant from, Instant until) implements Time {}

  /**
   * A limit of the whole agent, beside those of runbooks.
   *
   * @param per which fields of the target are counted apart; empty for one count
   * @param guards names of actions; empty for every change
   */
  public record Limit(int limit, Duration every, List<String> per, List<String> guards) {
    public Limit {
      per = List.copyOf(per);
      guards = List.copyOf(guards);
    }
  }

  /**
   * @param runs at the same time
   * @param perConnection actions at the same time on one entry of the inventory
   */
  public record Concurrency(int runs, int perConnection) {}

  /**
   * @param folders beside the library, read anew when something in them changes
   * @param library whether the library is among them
   * @param configure by id
   */
  public record Runbooks(
      List<String> folders, boolean library, Enable enable, Map<String, Configured> configure) {
    public Runbooks {
      folders = List.copyOf(folders);
      configure = frozen(configure);
    }

    /** What is said of one runbook, by its id or another name of it. */
    public Optional<Configured> configured(Metadata runbook) {
      return configure.entrySet().stream()
          .filter(entry -> answersTo(runbook, entry.getKey()))
          .map(Map.Entry::getValue)
          .findFirst();
    }

    /** Whether a runbook has this id, or had it once. */
    public static boolean answersTo(Metadata runbook, String id) {
      return runbook.id().name().equals(id)
          || runbook.aliases().stream().map(Id::name).anyMatch(id::equals);
    }

    /** Why a runbook is not wanted; empty where it is. */
    public Optional<String> reasonAgainst(Metadata runbook) {
      Boolean said = configured(runbook).map(Configured::enabled).orElse(null);
      if (said != null) {
        return said ? Optional.empty() : Optional.of("it is disabled in the configuration");
      }
      if (enable == Enable.LISTED) {
        return Optional.of("only runbooks with `enabled: true` run here");
      }
      return runbook.status().equals("beta") && enable == Enable.NEWEST
          ? Optional.of("it is in beta, and runs where `enabled: true` says so")
          : Optional.empty();
    }
  }

  /** Which of the runbooks run. */
  public enum Enable {
    /** All that are shipped; of those that one supersedes, none watches by itself. */
    NEWEST,
    ALL,
    /** Only those with {@code enabled: true}. */
    LISTED
  }

  /**
   * @param enabled null where the file does not say
   * @param watch false where only alert sources start it
   */
  public record Configured(@Nullable Boolean enabled, boolean watch, Map<String, Value> params) {
    public Configured {
      params = frozen(params);
    }
  }

  private static <T> Map<String, T> frozen(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
