package io.tasklane.engine;

import java.util.function.Supplier;

/**
 * The engine of the room, asked for once. A call from bean to bean goes through the container,
 * which costs more than most of what desks do.
 */
public final class RunningEngine implements Supplier<Engine> {
  private final EngineRoom room;
  private volatile Engine engine;

  /** That of this room, which the container's proxies of a desk give as null and never ask. */
  public RunningEngine(EngineRoom room) {
    this.room = room;
  }

  @Override
  public Engine get() {
    Engine known = engine;
    if (known == null) {
      known = room.engine();
      engine = known;
    }
    return known;
  }
}
