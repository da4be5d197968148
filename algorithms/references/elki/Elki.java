// Runs ELKI's k-medoids algorithms on matrices in memory and times them: the Java end of adapter.py.
//
// Runs as `java -cp <ELKI> Elki.java`, a program in one source file, and answers each line of its standard input by one
// line. An exception becomes the answer "error <message>"; what ELKI prints goes to stderr.
//
//   matrix <name> <n> <f4 | f8 | i4>, and then the rows in the machine's byte order -> ok
//   drop <name> -> ok
//   run <algorithm> <name> <k> <build | the k start medoids>
//     -> ok <seconds of the start> <its processor seconds> <seconds of the swaps> <their processor seconds> <passes>
//        <swaps> <loss> <the k medoids>, with "-" for what ELKI does not report
//
// The swaps begin when the start medoids are there, and end when ELKI logs the loss that it ended with. The counts are
// read from that log as well. Processor time is that of the thread: the compiler and the garbage collector have others.

import elki.clustering.kmedoids.AlternatingKMedoids;
import elki.clustering.kmedoids.EagerPAM;
import elki.clustering.kmedoids.FastPAM;
import elki.clustering.kmedoids.FastPAM1;
import elki.clustering.kmedoids.FasterPAM;
import elki.clustering.kmedoids.KMedoidsClustering;
import elki.clustering.kmedoids.PAM;
import elki.clustering.kmedoids.ReynoldsPAM;
import elki.clustering.kmedoids.initialization.BUILD;
import elki.clustering.kmedoids.initialization.KMedoidsInitialization;
import elki.data.Cluster;
import elki.data.model.MedoidModel;
import elki.data.type.SimpleTypeInformation;
import elki.data.type.TypeUtil;
import elki.database.ids.ArrayModifiableDBIDs;
import elki.database.ids.DBID;
import elki.database.ids.DBIDArrayIter;
import elki.database.ids.DBIDRange;
import elki.database.ids.DBIDRef;
import elki.database.ids.DBIDUtil;
import elki.database.ids.DBIDs;
import elki.database.query.distance.DatabaseDistanceQuery;
import elki.database.query.distance.DistanceQuery;
import elki.database.relation.DBIDView;
import elki.database.relation.Relation;
import elki.distance.AbstractDatabaseDistance;
import elki.distance.Distance;
import elki.logging.Logging;
import elki.logging.LoggingConfiguration;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

class Elki {
  static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  static final Logger LOGGER = Logger.getLogger("elki"); // held: Java forgets the settings of loggers that nobody holds

  /** What an algorithm runs on before its first call: for how many nanoseconds, how many objects and medoids. */
  static final long WARM_UP = 1_000_000_000L;
  static final int WARM_UP_N = 500, WARM_UP_K = 10;

  final DataInputStream requests = new DataInputStream(new BufferedInputStream(System.in, 1 << 20));
  final Map<String, Matrix> matrices = new HashMap<>();
  final Set<String> warm = new HashSet<>();
  final Log log = new Log();

  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Elki worker = new Elki();
    for (String line = worker.readLine(); line != null; line = worker.readLine()) {
      String answer;
      try {
        answer = ("ok " + worker.answer(line.split(" "))).trim();
      } catch (Exception | OutOfMemoryError error) {
        answer = "error " + String.valueOf(error).replace('\n', ' ');
      }
      answers.println(answer);
      answers.flush();
    }
  }

  Elki() {
    LoggingConfiguration.assertConfigured(); // or it would undo the next lines later
    LOGGER.setLevel(Logging.Level.STATISTICS);
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(log);
  }

  String answer(String[] words) throws IOException {
    switch (words[0]) {
      case "matrix":
        matrices.put(words[1], readMatrix(Integer.parseInt(words[2]), words[3]));
        return "";
      case "drop":
        matrices.remove(words[1]);
        return "";
      case "run":
        int k = Integer.parseInt(words[3]);
        int[] start = words[4].equals("build") ? null : new int[k];
        for (int i = 0; start != null && i < k; i++) start[i] = Integer.parseInt(words[4 + i]);
        return run(words[1], matrices.get(words[2]), k, start);
      default:
        throw new IllegalArgumentException("no such request: " + words[0]);
    }
  }

  // The runs ----------------------------------------------------------------------------------------------------------

  String run(String algorithm, Matrix matrix, int k, int[] start) {
    if (warm.add(algorithm + matrix.getClass())) warmUp(algorithm, matrix);
    return new Run(algorithm, matrix, k, start).run();
  }

  void warmUp(String algorithm, Matrix matrix) {
    Random random = new Random(0);
    double[] x = random.doubles(WARM_UP_N).toArray(), y = random.doubles(WARM_UP_N).toArray();
    Matrix problem = matrix.another(WARM_UP_N);
    for (int i = 0; i < WARM_UP_N; i++) {
      for (int j = 0; j < WARM_UP_N; j++) problem.set(i, j, 1000 * Math.hypot(x[i] - x[j], y[i] - y[j]));
    }
    int[] start = random.ints(0, WARM_UP_N).distinct().limit(WARM_UP_K).toArray();
    for (long end = THREADS.getCurrentThreadCpuTime() + WARM_UP; THREADS.getCurrentThreadCpuTime() < end; ) {
      new Run(algorithm, problem, WARM_UP_K, start).run();
    }
  }

  /** One call of an algorithm. It is the initialization that it gives to ELKI, and so sees when the swaps begin. */
  class Run implements KMedoidsInitialization<DBID> {
    final String algorithm;
    final Matrix matrix;
    final int k;
    final int[] start; // null for BUILD
    long began, beganProcessor, startTime, startProcessor;

    Run(String algorithm, Matrix matrix, int k, int[] start) {
      this.algorithm = algorithm;
      this.matrix = matrix;
      this.k = k;
      this.start = start;
    }

    String run() {
      StringBuilder medoids = new StringBuilder();
      if (algorithm.equals("build")) {
        chooseInitialMedoids(k, matrix.ids, matrix).forEach(id -> medoids.append(" ").append(matrix.ids.getOffset(id)));
        return startTime / 1e9 + " " + startProcessor / 1e9 + " 0 0 - - -" + medoids;
      }
      for (Cluster<MedoidModel> cluster : algorithm().run(matrix.relation, k, matrix).getAllClusters()) {
        medoids.append(" ").append(matrix.ids.getOffset(cluster.getModel().getMedoid()));
      }
      double swap = (log.ended - began) / 1e9, processor = (log.endedProcessor - beganProcessor) / 1e9;
      String times = startTime / 1e9 + " " + startProcessor / 1e9 + " " + swap + " " + processor;
      return times + " " + log.counts(algorithm) + " " + log.loss + medoids;
    }

    @Override
    public DBIDs chooseInitialMedoids(int k, DBIDs all, DistanceQuery<? super DBID> query) {
      DBIDs medoids;
      long before = System.nanoTime(), beforeProcessor = THREADS.getCurrentThreadCpuTime();
      if (start == null) {
        medoids = new BUILD<DBID>().chooseInitialMedoids(k, all, query);
      } else {
        ArrayModifiableDBIDs given = DBIDUtil.newArray(k);
        DBIDArrayIter position = matrix.ids.iter();
        for (int medoid : start) given.add(position.seek(medoid));
        medoids = given;
      }
      log.clear();
      beganProcessor = THREADS.getCurrentThreadCpuTime();
      began = System.nanoTime();
      startTime = began - before;
      startProcessor = beganProcessor - beforeProcessor;
      return medoids;
    }

    KMedoidsClustering<DBID> algorithm() {
      switch (algorithm) {
        case "pam":
          return new PAM<>(matrix, k, 0, this);
        case "reynolds":
          return new ReynoldsPAM<>(matrix, k, 0, this);
        case "fastpam1":
          return new FastPAM1<>(matrix, k, 0, this);
        case "fastpam2":
          return new FastPAM<>(matrix, k, 0, this);
        case "eagerpam":
          return new EagerPAM<>(matrix, k, 0, this);
        case "fasterpam":
          return new FasterPAM<>(matrix, k, 0, this);
        case "alternating":
          return new AlternatingKMedoids<>(matrix, k, 0, this);
        default:
          throw new IllegalArgumentException("no such algorithm: " + algorithm);
      }
    }
  }

  /** What ELKI logs of a run: one "key: value" at a time. */
  static final class Log extends Handler {
    long ended, endedProcessor;
    String passes, swaps, loss;
    int passesWithSwaps;

    void clear() {
      passes = swaps = loss = "-";
      passesWithSwaps = 0;
    }

    /**
     * Passes and swaps. PAM, Reynolds and FastPAM1 log no swaps, but make one in each pass that changes the loss. FastPAM
     * counts swaps that gain nothing, which it does not make.
     */
    String counts(String algorithm) {
      if (algorithm.equals("alternating") || algorithm.equals("fastpam2")) return passes + " -";
      return passes + " " + (swaps.equals("-") ? passesWithSwaps : swaps);
    }

    @Override
    public void publish(LogRecord record) {
      String message = record.getMessage();
      int colon = message.lastIndexOf(": ");
      if (record.getLevel() != Logging.Level.STATISTICS || colon < 0) {
        System.err.println(message);
        return;
      }
      String key = message.substring(message.lastIndexOf('.', colon) + 1, colon), value = message.substring(colon + 2);
      boolean ofPass = message.contains(".iteration-");
      if (key.equals("final-cost")) {
        ended = System.nanoTime();
        endedProcessor = THREADS.getCurrentThreadCpuTime();
        loss = value;
      }
      if (key.equals("iterations")) passes = value;
      if (key.equals("swaps") && !ofPass) swaps = value;
      if (key.equals("cost") && ofPass && !message.contains(".iteration-0.")) passesWithSwaps++;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  // The matrices ------------------------------------------------------------------------------------------------------

  /**
   * A whole matrix, in the type of its file, as ELKI's distance and its query in one.
   *
   * The look-up is a single method: with a distance of offsets behind ELKI's query for them, or with ELKI's own
   * precomputed matrix, the compiler's choices vary from process to process, and times with them up to twofold.
   */
  abstract static class Matrix extends AbstractDatabaseDistance<DBID> implements DatabaseDistanceQuery<DBID> {
    final DBIDRange ids;
    final DBIDView relation;

    Matrix(int n) {
      ids = DBIDUtil.generateStaticDBIDRange(n);
      relation = new DBIDView(ids);
    }

    abstract Matrix another(int n);

    abstract void set(int i, int j, double value);

    abstract void setRow(int i, ByteBuffer bytes);

    @Override
    public Distance<DBID> getDistance() {
      return this;
    }

    @Override
    public DBIDView getRelation() {
      return relation;
    }

    @Override
    public SimpleTypeInformation<DBID> getInputTypeRestriction() {
      return TypeUtil.DBID;
    }

    @Override
    public <O extends DBID> DistanceQuery<O> instantiate(Relation<O> relation) {
      throw new UnsupportedOperationException("it is its own query");
    }
  }

  static final class Floats extends Matrix {
    final float[][] rows;

    Floats(int n) {
      super(n);
      rows = new float[n][n];
    }

    @Override
    public double distance(DBIDRef one, DBIDRef other) {
      return rows[ids.getOffset(one)][ids.getOffset(other)];
    }

    @Override
    Matrix another(int n) {
      return new Floats(n);
    }

    @Override
    void set(int i, int j, double value) {
      rows[i][j] = (float) value;
    }

    @Override
    void setRow(int i, ByteBuffer bytes) {
      bytes.asFloatBuffer().get(rows[i]);
    }
  }

  static final class Doubles extends Matrix {
    final double[][] rows;

    Doubles(int n) {
      super(n);
      rows = new double[n][n];
    }

    @Override
    public double distance(DBIDRef one, DBIDRef other) {
      return rows[ids.getOffset(one)][ids.getOffset(other)];
    }

    @Override
    Matrix another(int n) {
      return new Doubles(n);
    }

    @Override
    void set(int i, int j, double value) {
      rows[i][j] = value;
    }

    @Override
    void setRow(int i, ByteBuffer bytes) {
      bytes.asDoubleBuffer().get(rows[i]);
    }
  }

  static final class Ints extends Matrix {
    final int[][] rows;

    Ints(int n) {
      super(n);
      rows = new int[n][n];
    }

    @Override
    public double distance(DBIDRef one, DBIDRef other) {
      return rows[ids.getOffset(one)][ids.getOffset(other)];
    }

    @Override
    Matrix another(int n) {
      return new Ints(n);
    }

    @Override
    void set(int i, int j, double value) {
      rows[i][j] = (int) value;
    }

    @Override
    void setRow(int i, ByteBuffer bytes) {
      bytes.asIntBuffer().get(rows[i]);
    }
  }

  Matrix readMatrix(int n, String type) throws IOException {
    Matrix matrix = type.equals("f4") ? new Floats(n) : type.equals("f8") ? new Doubles(n) : new Ints(n);
    byte[] row = new byte[n * (type.charAt(1) - '0')];
    for (int i = 0; i < n; i++) {
      requests.readFully(row);
      matrix.setRow(i, ByteBuffer.wrap(row).order(ByteOrder.nativeOrder()));
    }
    return matrix;
  }

  /** Read one byte after the other: what follows the line may be numbers. */
  String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = requests.read(); next != '\n'; next = requests.read()) {
      if (next < 0) return null;
      line.write(next);
    }
    return line.toString();
  }
}
