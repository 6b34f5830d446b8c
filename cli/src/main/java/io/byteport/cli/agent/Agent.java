package io.byteport.cli.agent;

import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.engine.connection.SecretSources;
import io.byteport.engine.eval.Evaluator;
import io.byteport.engine.journal.KnownSecrets;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.SqlIntake;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.RunListener;
import io.byteport.engine.run.SystemTimers;
import io.byteport.engine.run.Timers;
import io.byteport.engine.spi.ActionRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process that hears alerts, carries runs on and tells people, as one file says. Opened in the
 * order in which its parts need each other, closed in the reverse. Safe for several threads.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  private final SettingsReader reader;
  private final Timers timers = new SystemTimers(InstantSource.system());
  private final Redactor redactor;
  private final SqlRunStore store;
  private final Metrics metrics;
  private final Optional<Traces> traces;
  private final List<RunListener> listeners = new CopyOnWriteArrayList<>();
  private final Outside outside;
  private final Reloading reloading;
  private final Hearing hearing;
  private final Watching watching;
  private final Machine machine;
  private final Look look;
  private volatile boolean started;
  private volatile boolean draining;
  private Serving.@Nullable Served served;
  private boolean closed;

  /**
   * How an agent is started.
   *
   * @param file its configuration
   * @param loader where adapters are found
   * @param log learns the secrets that are to be kept out of it
   */
  public record Start(
      Path file,
      Language language,
      Map<String, String> environment,
      ClassLoader loader,
      AgentLog log,
      Serving serving) {
    public Start {
      environment = Map.copyOf(environment);
    }
  }

  private Agent(Start start, SettingsReader reader, Settings first, KnownSecrets known)
      throws StartException {
    this.reader = reader;
    this.redactor = Redactor.SHAPES_ONLY.learning(known);
    start.log().redactedBy(redactor);
    AgentConfiguration configuration = first.configuration();
    String name = configuration.name() + " " + host() + " " + UUID.randomUUID();
    this.store = StatePlace.open(configuration, first.secrets(), redactor, name);
    this.metrics = new Metrics(run -> store.run(run).map(one -> one.runbook()).orElse("none"));
    store.timedBy(took -> metrics.time(Metric.STORE, took));
    this.traces = Traces.toEnvironment(start.environment(), store::entries, timers);
    Evaluator evaluator = new Evaluator();
    this.outside = new Outside(start.loader(), evaluator, timers.clock());
    this.reloading =
        new Reloading(
            new Reloading.Parts(reader, start.loader(), timers, redactor, metrics, outside), first);
    ActionRegistry actions = reloading.actions();
    SqlIntake tables = SqlIntake.of(store);
    this.hearing = new Hearing(tables, outside, evaluator, timers, metrics);
    this.watching = new Watching(actions, evaluator, timers, redactor, hearing::seen);
    this.machine =
        new Machine(
            new Machine.Parts(
                this::settings,
                start.language(),
                evaluator,
                store,
                tables.due(),
                actions,
                timers,
                redactor,
                metrics,
                heard(),
                name));
    this.look = new Look(timers, this::places, this::reload);
    gauges();
  }

  /**
   * Starts one.
   *
   * @throws StartException if the configuration has errors, or something that it names cannot be
   *     used; nothing is left open then
   */
  public static Agent start(Start start) throws StartException {
    KnownSecrets known = new KnownSecrets();
    SettingsReader reader =
        new SettingsReader(
            start.file(), start.language(), start.environment(), known, new Evaluator());
    SettingsReader.Read read = reader.read(null);
    Settings first = read.settings();
    if (first == null) {
      throw new StartException(print(read.findings()));
    }
    if (!read.findings().isEmpty()) {
      LOG.warn("{}", print(read.findings()));
    }
    Agent agent = new Agent(start, reader, first, known);
    try {
      agent.begin(start.serving());
      return agent;
    } catch (StartException | RuntimeException e) {
      agent.close();
      throw e;
    }
  }

  private void begin(Serving serving) throws StartException {
    Settings settings = settings();
    machine.tell(settings, outside);
    hearing.start(machine.opener());
    machine.start();
    started = true;
    Serving.Served listens =
        serving.start(
            new AgentStatus(this),
            reference -> settings().secrets().sources().secret(reference),
            metrics);
    served = listens;
    hearing.poll();
    watching.use(settings);
    look.start();
    StartScreen.lines(settings, reader.isHeldDry(), listens.address()).forEach(LOG::info);
    warnings(settings).forEach(warning -> LOG.warn("{}", warning));
  }

  /** Each once: several entries may share a file. */
  private static Set<String> warnings(Settings settings) {
    Set<String> warnings = new TreeSet<>();
    settings.configuration().connections().stream()
        .flatMap(one -> one.secrets().values().stream())
        .map(SecretSources::warning)
        .flatMap(Optional::stream)
        .forEach(warnings::add);
    warnings.addAll(
        MissingSecrets.of(
            settings.configuration(), reference -> settings.secrets().sources().secret(reference)));
    return warnings;
  }

  private List<RunListener> heard() {
    List<RunListener> all = new ArrayList<>(List.of(metrics, new Telling()));
    traces.ifPresent(all::add);
    all.add((run, entry) -> listeners.forEach(listener -> listener.entry(run, entry)));
    return all;
  }

  private void gauges() {
    metrics.gauge(Metric.READY, () -> isReady() ? 1 : 0);
    metrics.gauge(Metric.LIVE, () -> settings().mode() == io.byteport.engine.run.Mode.LIVE ? 1 : 0);
    metrics.gauge(Metric.RUNS_UNFINISHED, () -> store.unfinished().size());
    metrics.gauge(Metric.WATCH_DEGRADED, () -> watching.degraded().size());
    Rows rows = new Rows(this);
    metrics.rows(Metric.SOURCE_DEGRADED, rows::degraded);
    metrics.rows(Metric.ALERTS_FIRING, rows::firing);
    metrics.rows(Metric.OUTBOX_WAITING, rows::waiting);
    metrics.rows(Metric.OUTBOX_DEAD, rows::dead);
  }

  Settings settings() {
    return reloading.settings();
  }

  SqlRunStore store() {
    return store;
  }

  InstantSource clock() {
    return timers.clock();
  }

  Metrics metrics() {
    return metrics;
  }

  Hearing hearing() {
    return hearing;
  }

  Outside outside() {
    return outside;
  }

  Watching watching() {
    return watching;
  }

  Machine machine() {
    return machine;
  }

  List<RunListener> listeners() {
    return listeners;
  }

  boolean isReady() {
    return started && !draining;
  }

  boolean isDraining() {
    return draining;
  }

  /** What is wrong with the configuration on disk, which therefore does not hold. */
  List<String> notTaken() {
    return reloading.notTaken();
  }

  private List<Path> places() {
    List<Path> places = new ArrayList<>(List.of(reader.file()));
    settings().configuration().runbooks().folders().forEach(folder -> places.add(Path.of(folder)));
    return places;
  }

  /**
   * Reads configuration and runbooks again. What is valid takes effect for runs that are opened
   * from now on; runs that are open keep what they were opened with. Where something is wrong that
   * was not wrong before, everything stays as it was.
   *
   * @return what was wrong; empty where nothing was
   */
  public List<String> reload() {
    return draining
        ? List.of("the agent is about to stop")
        : reloading.reload(look::know, this::taken);
  }

  private void taken(Settings next) {
    machine.tell(next, outside);
    hearing.poll();
    watching.use(next);
  }

  /**
   * Takes nothing more, waits for what is being done, for so long at most, and closes everything.
   */
  public void stop(Duration within) {
    long end = System.nanoTime() + within.toNanos();
    rest();
    try {
      LOG.info("takes nothing more; waits {} s at most for what is being done", within.toSeconds());
      boolean quiet = machine.drain(within);
      if (!quiet) {
        LOG.warn(
            "{} runs are interrupted between two steps; they go on at the next start, or in"
                + " another process",
            machine.replica().busy());
      }
      Rows rows = new Rows(this);
      while (rows.isSending() && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    LOG.info("ended");
  }

  /** What would be left by ending now, for people. Asks nothing that could keep it waiting. */
  String left() {
    return machine.left();
  }

  private void rest() {
    draining = true;
    Serving.Served listens = served;
    if (listens != null) {
      listens.drain();
    }
    look.close();
    hearing.close();
    watching.close();
  }

  /** Ends at once, between two steps; what is open goes on at the next start. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    rest();
    machine.close();
    Serving.Served listens = served;
    if (listens != null) {
      listens.close();
    }
    traces.ifPresent(Traces::close);
    outside.close();
    reloading.close();
    timers.close();
    store.close();
    metrics.close();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "host");
    }
  }

  static String print(List<Diagnostic> findings) {
    return new DiagnosticPrinter(false).print(findings).stripTrailing();
  }
}
