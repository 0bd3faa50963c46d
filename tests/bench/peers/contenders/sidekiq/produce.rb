# A producer process of Sidekiq: as load/produce.mjs.
require_relative 'job'

CALLERS = ORDER.fetch('callers', 10)

def single(jobs, first, _timed)
  Array.new(CALLERS) do |caller|
    Thread.new { (caller...jobs).step(CALLERS) { |i| NoopJob.perform_async(first + i) } }
  end.each(&:join)
end

def bulk(jobs, first, _timed)
  (first...first + jobs).each_slice(ORDER.fetch('batch', 1_000)) { |batch| NoopJob.perform_bulk(batch.map { |i| [i] }) }
end

def steady(jobs, first, timed)
  begun = monotonic
  jobs.times do |i|
    seconds = (begun + i * 1_000_000_000 / ORDER.fetch('perSecond', 100) - monotonic) / 1e9
    sleep(seconds) if seconds.positive?
    timed ? NoopJob.perform_async(first + i, monotonic) : NoopJob.perform_async(first + i)
  end
end

warm = ORDER.fetch('warm')
send(ORDER.fetch('mode'), warm, 0, false)
begun = monotonic
send(ORDER.fetch('mode'), ORDER.fetch('jobs'), warm, true)
puts JSON.generate({ seconds: (monotonic - begun) / 1e9 })
