# Taken from proj/celery.py
app.conf.beat_schedule = {
    # every morning before the open
    'fetch-news': {
        'task': 'news.tasks.fetch_news',
        'schedule': crontab(minute='*/15', hour='6-9', day_of_week='mon-fri'),
        'args': (['AAPL', 'MSFT'],),
        'kwargs': {"language": u'en', 'limit': 50},
        'options': {'queue': 'news', 'expires': 60 * 5},
    },
    'sync-portfolio': {
        'task': 'portfolio.sync',
        'schedule': 30.0,
    },
    'night-batch': {
        'task': 'batch.collect',
        'schedule': crontab(0, '22-2'),
        'options': {
            'link': {'task': 'batch.report', 'kwargs': {'format': 'pdf'}},
        },
    },
    'heartbeat': {
        'task': "monitor"
                ".heartbeat",
        'schedule': timedelta(minutes=1, seconds=30),
        'options': {'priority': 9, 'queue': 'news', 'compression': 'gzip'},
        'relative': True,
    },
    'at-sunset': {
        'task': 'weather.report',
        'schedule': solar('sunset', -37.81753, 144.96715),
    },
    'friday-13th': {
        'task': 'portfolio.sync',
        'schedule': crontab(minute=0, hour=8, day_of_month='13', day_of_week='fri'),
    },
    'custom': {
        'task': 'portfolio.sync',
        'schedule': market_open('XNYS'),
    },
    'from-settings': {
        'task': 'portfolio.sync',
        'schedule': crontab(minute=settings.MINUTE),
    },
    'twice': {'task': 'portfolio.sync', 'schedule': crontab(0, 22, hour=23)},
    'fast': {'task': 'portfolio.sync', 'schedule': 0.25},
    'runtime-args': {'task': 'portfolio.sync', 'schedule': 60, 'args': [datetime.now()]},
    'unmapped-queue': {
        'task': 'portfolio.sync', 'schedule': 60, 'options': {'queue': 'video'},
    },
    'no-schedule': {'task': 'portfolio.sync'},
    'many-links': {
        'task': 'batch.collect', 'schedule': 3600,
        'options': {'link': [signature('batch.report'), signature('batch.mail')]},
    },
}
