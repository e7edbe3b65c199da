package io.tasklane.launcher.node;

import fish.payara.micro.boot.PayaraMicroBoot;
import io.tasklane.launcher.log.PrintedLines;
import io.tasklane.launcher.process.LauncherPipe;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The node's process: Payara Micro from its unpacked jars, on the class path, where an archive of
 * classes can serve it. Payara's own {@code RootDirLauncher} does the same but insists on running
 * in the folder of those jars; a node needs a fresh one, because Payara deploys again what it finds
 * there.
 */
public final class NodeMain {
  private static final Logger LOG = Logger.getLogger(NodeMain.class.getName());
  private static final String PAYARA = "fish.payara.micro.impl.PayaraMicroImpl";
  private static final String APPLICATION = "tasklane";

  private NodeMain() {}

  /**
   * Starts the node.
   *
   * @param arguments the path of {@code launch-micro.jar}, then Payara Micro's own
   */
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    PrintedLines.install();
    LauncherPipe.watch();
    Path boot = Path.of(arguments[0]).toAbsolutePath();
    System.setProperty("fish.payara.micro.BootJar", boot.toUri().toString());
    System.setProperty("fish.payara.micro.UnpackDir", boot.getParent().toString());
    CompilerDirectives.add(Path.of(System.getProperty("tasklane.compiler-directives")));
    say("starting Payara Micro and deploying the application");
    boot(Arrays.copyOfRange(arguments, 1, arguments.length));
    // Payara runs on happily without the application when that fails to start.
    if (!isDeployed(APPLICATION)) {
      new ReadyFile(Path.of(System.getProperty("tasklane.ready-file")))
          .refuse("Payara could not deploy it");
    }
  }

  private static void say(String phase) throws IOException {
    Files.writeString(Path.of(System.getProperty("tasklane.phase-file")), phase + "\n");
  }

  // By reflection: the class lies inside Payara's jar in a jar, out of a compiler's reach.
  private static void boot(String[] arguments) throws ReflectiveOperationException {
    try {
      Class.forName(PAYARA).getMethod("main", String[].class).invoke(null, (Object) arguments);
    } catch (InvocationTargetException failed) {
      LOG.log(Level.SEVERE, "Payara Micro cannot start", failed.getCause());
      System.exit(1);
    }
  }

  // The names of what was asked for would not do: they include what failed.
  private static boolean isDeployed(String application) throws ReflectiveOperationException {
    PayaraMicroBoot payara =
        (PayaraMicroBoot) Class.forName(PAYARA).getMethod("getInstance").invoke(null);
    return payara.getRuntime().getLocalDescriptor().getDeployedApplications().stream()
        .anyMatch(deployed -> deployed.getName().equals(application));
  }
}
