/**
 * The code of core that runs for every task, every event or every call, measured by itself with
 * JMH: no server, no database.
 */
package io.tasklane.bench.hot;
