package io.byteport.cli;

import io.byteport.cli.editor.OwnProgram;
import io.byteport.lsp.BytePortServer;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves an editor. */
@Command(
    name = "lsp",
    description = {
      "Serve an editor by the Language Server Protocol on standard input and output.",
      "Editors start this themselves; docs/editors.md says how to set each up."
    })
final class LspCommand implements Callable<Integer> {
  @Option(
      names = "--stdio",
      description = "Standard input and output, which is what is spoken in any case.")
  @SuppressWarnings("UnusedVariable") // taken so that editors may say it
  private boolean stdio;

  @Override
  public Integer call() throws InterruptedException {
    // What a library prints would stand in the middle of a message.
    System.setOut(System.err);
    boolean ended =
        new BytePortServer(language(), Main.version(), OwnProgram.of(Main.class))
            .serve(
                new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    return ended ? ExitStatus.OK : ExitStatus.FINDINGS;
  }

  /** The language as this program knows it. */
  static io.byteport.lsp.Language language() {
    return new io.byteport.lsp.Language(
        Language.load().loader(), Library::runbooks, Library::shared);
  }
}
