package io.tasklane.cli.command;

import com.google.gson.JsonObject;
import io.tasklane.cli.output.OutputFormat;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks a server something over one connection. */
public abstract class ServerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public final Integer call() {
    if (format() == OutputFormat.MERMAID && !hasDiagram()) {
      throw usage("-o mermaid: only \"tasklane workflow get\" prints a diagram");
    }
    try (Connection connection = Connection.to(global().server(), global().token())) {
      return run(connection).code();
    }
  }

  /**
   * Does the command's work; a refusal of the server may fly.
   *
   * @param connection to the server that the user named
   * @return the exit code
   */
  protected abstract ExitCode run(Connection connection);

  /** Whether the answer can be printed as a diagram. */
  protected boolean hasDiagram() {
    return false;
  }

  /** Where answers are printed. */
  protected final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Where remarks are printed that are no answer. */
  protected final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /**
   * Prints what was done where the server's answer says no more than that it was.
   *
   * @param what such as "deleted"
   * @param name of what it was done to
   */
  protected final void done(String what, String name) {
    if (format().isData()) {
      JsonObject answer = new JsonObject();
      answer.addProperty(what, name);
      out().println(format().document(answer));
    } else {
      out().println(what + " " + name);
    }
  }

  /** How answers are printed. */
  protected final OutputFormat format() {
    return global().output();
  }

  /**
   * Refuses the command line.
   *
   * @param message what is wrong with the command line, and what is allowed
   * @return the error to throw
   */
  protected final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private GlobalOptions global() {
    return (GlobalOptions) spec.root().userObject();
  }
}
