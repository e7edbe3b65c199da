package io.tasklane.launcher.process;

import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.DataFolder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A part under its keeper, for tests; closing ends it. */
public final class Kept implements AutoCloseable {
  private final DataFolder data;
  private final Part part;
  private final Keeper keeper;
  private final List<String> said = new CopyOnWriteArrayList<>();

  private Kept(DataFolder data, Part part) {
    this.data = data;
    this.part = part;
    this.keeper =
        new Keeper(
            part,
            new LogFile(data.log(part.name())),
            new RunRecord(data.run()),
            new RestartBudget(Clock.systemUTC(), RestartBudget.RESTARTS),
            said::add);
  }

  /** Starts it and waits until it serves. */
  public static Kept start(DataFolder data, Part part) throws Exception {
    data.create();
    Kept kept = new Kept(data, part);
    kept.keeper.begin();
    kept.keeper.ready().get(120, TimeUnit.SECONDS);
    return kept;
  }

  /** The process that is the part now. */
  public ProcessId process() {
    return new RunRecord(data.run()).read(part.name()).orElseThrow();
  }

  /** Kills it and waits until its successor serves. */
  public void killAndAwaitSuccessor() throws Exception {
    ProcessId former = process();
    former.kill();
    boolean back =
        Waiting.until(() -> !process().equals(former) && serves(), Duration.ofSeconds(120));
    if (!back) {
      throw new AssertionError(part.title() + " did not come back: " + said);
    }
  }

  private boolean serves() {
    try {
      return part.ready(process().pid());
    } catch (CannotStart never) {
      throw new AssertionError(never);
    }
  }

  @Override
  public void close() throws IOException {
    keeper.stop(Duration.ofSeconds(20));
  }
}
