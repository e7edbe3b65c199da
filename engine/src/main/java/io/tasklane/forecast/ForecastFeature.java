package io.tasklane.forecast;

import io.tasklane.fault.OngoingFaults;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.Feature;
import io.tasklane.rollup.RollupFollower;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** Rollups of the event log, and forecasts from them, as a feature of the engine. */
public final class ForecastFeature implements Feature {
  private final EngineContext context;
  private final RollupFollower follower;

  /**
   * Begins to keep rollups.
   *
   * @param context of the engine
   * @param threads makes threads
   * @param faults is told while the log cannot be followed
   */
  public ForecastFeature(EngineContext context, ThreadFactory threads, OngoingFaults faults) {
    this.context = context;
    this.follower = new RollupFollower(context, threads, faults);
  }

  @Override
  public List<Object> services() {
    return List.of(new ForecastService(context));
  }

  @Override
  public void close() {
    follower.close();
  }
}
