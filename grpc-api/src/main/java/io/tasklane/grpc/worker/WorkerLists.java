package io.tasklane.grpc.worker;

import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.v1.ListWorkersRequest;
import io.tasklane.v1.ListWorkersResponse;
import io.tasklane.worker.Worker;
import io.tasklane.worker.stream.WorkerService;
import java.util.List;

/** Lists workers, page by page. */
final class WorkerLists {
  private final WorkerService workers;

  WorkerLists(WorkerService workers) {
    this.workers = workers;
  }

  ListWorkersResponse list(ListWorkersRequest request) {
    PageToken token = new PageToken("workers", "");
    int size = PageSize.of(request.getPageSize());
    List<Worker> found = workers.list(token.position(request.getPageToken()).orElse(""), size);
    ListWorkersResponse.Builder page = ListWorkersResponse.newBuilder();
    found.stream().map(WorkerMapping::toWire).forEach(page::addWorkers);
    if (found.size() == size) {
      page.setNextPageToken(token.after(found.get(size - 1).workerId()));
    }
    return page.build();
  }
}
