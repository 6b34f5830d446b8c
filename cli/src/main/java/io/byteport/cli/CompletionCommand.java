package io.byteport.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints a script that completes this program's commands and options in a shell. */
@Command(
    name = "completion",
    description = "Print a completion script: source <(byteport completion bash)",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(byteport completion bash)",
      "  byteport completion zsh > ~/.byteport-completion.zsh"
    })
final class CompletionCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "SHELL",
      arity = "0..1",
      defaultValue = "bash",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Shell shell = Shell.bash;

  enum Shell {
    bash,
    zsh
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash("byteport", Main.commandLine());
    if (shell == Shell.zsh) {
      script = "autoload -U +X bashcompinit && bashcompinit\n" + script;
    }
    common.terminal().out().print(script);
    common.terminal().out().flush();
    return ExitStatus.OK;
  }
}
