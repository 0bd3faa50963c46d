# The job, and what a worker process of Sidekiq notes down about it (as load/tally.mjs does).
require 'sidekiq'
require 'json'

ORDER = JSON.parse(ENV.fetch('ORDER'))
WAITS = Queue.new
COUNTS = Queue.new
FIRST = Mutex.new

def monotonic
  Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond)
end

def note(what, text)
  File.write("#{ORDER.fetch('tallies')}/#{what}-#{Process.pid}", text.to_s)
end

class NoopJob
  include Sidekiq::Worker
  sidekiq_options retry: 3

  def perform(_number, enqueued = nil)
    now = monotonic
    COUNTS << 1
    WAITS << (now - enqueued) if enqueued
    note('first', now) if COUNTS.size <= 10 && FIRST.try_lock # it is never given back
  end
end

Sidekiq.configure_client { |config| config.redis = { url: ORDER.fetch('address'), size: 12 } }
Sidekiq.configure_server do |config|
  config.redis = { url: ORDER.fetch('address'), size: ORDER.fetch('setting').fetch('slots', 10) + 5 }
  config.logger.level = Logger::WARN
  config.on(:shutdown) do
    note('count', COUNTS.size)
    waits = []
    waits << WAITS.pop until WAITS.empty?
    note('waits', waits.join("\n")) unless waits.empty?
  end
end
