package io.tasklane.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tasklane completion}: the script by which a shell completes the command's words. */
@Command(
    name = "completion",
    description = {
      "Print a script that completes nouns, verbs, options and their values in a shell.",
      "It asks no server. In ~/.zshrc, load it after compinit."
    },
    footer = {"", "Example: source <(tasklane completion bash)"},
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {
  /** The shells it is for. */
  enum Shell {
    bash,
    zsh
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell;

  @Override
  public void run() {
    String script = AutoComplete.bash("tasklane", spec.root().commandLine());
    if (shell == Shell.zsh) {
      spec.commandLine().getOut().println("autoload -U +X bashcompinit && bashcompinit");
    }
    spec.commandLine().getOut().println(script);
    spec.commandLine().getOut().flush();
  }
}
