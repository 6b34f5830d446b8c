package io.byteport.cli;

import io.byteport.cli.agent.Agent;
import io.byteport.cli.agent.AgentLog;
import io.byteport.cli.agent.AgentView;
import io.byteport.cli.agent.LogFormat;
import io.byteport.cli.agent.Requests;
import io.byteport.cli.agent.Serving;
import io.byteport.cli.agent.StartException;
import io.byteport.cli.agent.Stopping;
import io.byteport.cli.console.Console;
import io.byteport.cli.http.AgentServer;
import io.byteport.cli.http.HttpCounts;
import io.byteport.cli.http.HttpLimits;
import io.byteport.cli.http.ListenException;
import io.byteport.cli.http.Turned;
import io.byteport.dsl.agent.AgentConfiguration;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.connection.SecretReference;
import io.byteport.engine.spi.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the agent until it is told to stop. */
@Command(
    name = "agent",
    description = {
      "Listen to alert sources, diagnose, act within limits and tell people, until told to stop.",
      "Without `mode: live` in its configuration nothing is changed, and without `autonomy` it only"
          + " observes.",
      "SIGHUP reads configuration and runbooks again, and so does a change of their files. SIGTERM"
          + " takes nothing more, waits for what is being done, and ends; a second one ends at"
          + " once.",
      "Exit status 0 when it was told to stop, 2 if it cannot start."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  byteport agent --config agent.yaml",
      "  byteport agent --config /etc/byteport/agent.yaml --log-format json --drain 1m"
    })
final class AgentCommand implements Callable<Integer> {
  @Mixin private TerminalOptions screen = new TerminalOptions();

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "A file of kind Agent. `byteport validate` checks it without starting.")
  private Path config = Path.of("");

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "30s",
      description =
          "How long to wait for what is being done when told to stop. Default: ${DEFAULT-VALUE}.")
  private Duration drain = Duration.ofSeconds(30);

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "How to write the log, on standard error: ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}.")
  private LogFormat format = LogFormat.text;

  @Override
  public Integer call() throws InterruptedException {
    Stopping stopping = Stopping.install();
    try {
      Agent agent = start(config, format);
      stopping.await(agent);
      agent.stop(drain);
      return ExitStatus.OK;
    } catch (StartException e) {
      Terminal terminal = screen.terminal();
      terminal.err().println(e.getMessage());
      terminal.err().println("byteport: the agent does not start");
      terminal.err().flush();
      return ExitStatus.USAGE;
    }
  }

  /**
   * An agent that hears and is seen.
   *
   * @param config its configuration
   * @throws StartException if the configuration has errors, or something that it names cannot be
   *     used
   */
  static Agent start(Path config, LogFormat format) throws StartException {
    AgentLog log = AgentLog.start(format, System.getenv());
    Language language = Language.load();
    io.byteport.cli.agent.Language read =
        new io.byteport.cli.agent.Language(
            language.catalogue(), language.loader(), Library::runbooks);
    return Agent.start(
        new Agent.Start(
            config,
            read,
            System.getenv(),
            AgentCommand.class.getClassLoader(),
            log,
            new Http(language.loader())));
  }

  private static List<String> cases(CheckedRunbook runbook) {
    try {
      return CaseNames.of(runbook, Library.tests());
    } catch (IOException e) {
      return List.of(); // they only adorn a page
    }
  }

  /** The agent's server with the pages of the console. */
  private record Http(RunbookLoader loader) implements Serving {
    @Override
    public Served start(
        AgentView agent, Function<SecretReference, Secret> secrets, Requests requests)
        throws StartException {
      AgentConfiguration.Listen listen = agent.configuration().listen();
      try {
        AgentServer server =
            AgentServer.start(
                new AgentServer.Parts(
                    agent,
                    secrets,
                    loader,
                    new Console(agent, AgentCommand::cases),
                    new Counts(requests),
                    HttpLimits.of(agent.configuration().http())));
        return new Listening(server, listen);
      } catch (ListenException e) {
        throw new StartException(String.valueOf(e.getMessage()));
      }
    }
  }

  private record Counts(Requests requests) implements HttpCounts {
    @Override
    public void refused(Turned why, String where) {
      requests.refused(where, why.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void answered(String where, int status, Duration took) {
      requests.answered(where, status, took);
    }
  }

  private record Listening(AgentServer server, AgentConfiguration.Listen listen)
      implements Serving.Served {
    @Override
    public String address() {
      return (listen.tls() == null ? "http://" : "https://") + listen.host() + ":" + server.port();
    }

    @Override
    public void drain() {
      server.drain();
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
